-- Somebody who may become a user. Gone when accepted or withdrawn; events tell of it.
CREATE TABLE Invitations (
    TenantId  INT           NOT NULL,
    Id        BINARY(16)    NOT NULL,
    Email     NVARCHAR(254) NOT NULL,
    EmailKey  NVARCHAR(320) NOT NULL,
    Role      INT           NOT NULL,
    -- Who invited: the name of a person or of a key.
    InvitedBy NVARCHAR(200) NOT NULL,
    -- Of the token in the letter.
    Hash      BINARY(32)    NOT NULL,
    ExpiresAt DATETIME2(7)  NOT NULL,
    Revision  INT           NOT NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    UpdatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Invitations PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Invitations_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_Invitations_Email ON Invitations (TenantId, EmailKey);
CREATE INDEX IX_Invitations_Hash ON Invitations (Hash);
CREATE INDEX IX_Invitations_Created ON Invitations (TenantId, CreatedAt, Id);
