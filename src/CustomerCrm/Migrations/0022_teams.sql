CREATE TABLE Teams (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    Name        NVARCHAR(200)  NOT NULL,
    -- In lower case: two teams are not told apart by capitals.
    NameKey     NVARCHAR(200)  NOT NULL,
    Description NVARCHAR(1000) NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    UpdatedAt   DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Teams PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Teams_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_Teams_Name ON Teams (TenantId, NameKey);
CREATE INDEX IX_Teams_Created ON Teams (TenantId, CreatedAt, Id);

CREATE TABLE TeamMembers (
    TenantId INT          NOT NULL,
    TeamId   BINARY(16)   NOT NULL,
    UserId   BINARY(16)   NOT NULL,
    JoinedAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_TeamMembers PRIMARY KEY (TenantId, TeamId, UserId),
    CONSTRAINT FK_TeamMembers_Teams FOREIGN KEY (TenantId, TeamId) REFERENCES Teams (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_TeamMembers_Users FOREIGN KEY (TenantId, UserId) REFERENCES Users (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TeamMembers_User ON TeamMembers (TenantId, UserId, TeamId);
