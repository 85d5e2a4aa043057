-- Answers written once, and changes made together. Who may use one: 1 everybody, 2 the members of a team, 3 who made it.
CREATE TABLE CannedResponses (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    Name       NVARCHAR(200) NOT NULL,
    -- In lower case; unique among those that the same people may use.
    NameKey    NVARCHAR(200) NOT NULL,
    Body       NVARCHAR(MAX) NOT NULL,
    Language   NVARCHAR(35)  NULL,
    Visibility INT           NOT NULL,
    TeamId     BINARY(16)    NULL,
    OwnerId    BINARY(16)    NULL,
    Revision   INT           NOT NULL,
    CreatedAt  DATETIME2(7)  NOT NULL,
    UpdatedAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_CannedResponses PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_CannedResponses_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_CannedResponses_Name ON CannedResponses (TenantId, NameKey, Id);

CREATE TABLE Macros (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    Name        NVARCHAR(200)  NOT NULL,
    NameKey     NVARCHAR(200)  NOT NULL,
    Description NVARCHAR(1000) NULL,
    -- JSON: what it does, in order.
    ActionsText NVARCHAR(MAX)  NOT NULL,
    Visibility  INT            NOT NULL,
    TeamId      BINARY(16)     NULL,
    OwnerId     BINARY(16)     NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    UpdatedAt   DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Macros PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Macros_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Macros_Name ON Macros (TenantId, NameKey, Id);

-- A question to the list of tickets under a name.
CREATE TABLE TicketViews (
    TenantId   INT            NOT NULL,
    Id         BINARY(16)     NOT NULL,
    Name       NVARCHAR(200)  NOT NULL,
    NameKey    NVARCHAR(200)  NOT NULL,
    -- As it stands behind the question mark: filters and order.
    Query      NVARCHAR(4000) NOT NULL,
    Visibility INT            NOT NULL,
    TeamId     BINARY(16)     NULL,
    OwnerId    BINARY(16)     NULL,
    Revision   INT            NOT NULL,
    CreatedAt  DATETIME2(7)   NOT NULL,
    UpdatedAt  DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_TicketViews PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_TicketViews_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_TicketViews_Name ON TicketViews (TenantId, NameKey, Id);
