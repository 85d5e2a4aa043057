-- A person signs in with one e-mail address and one password, whichever tenants they work for. Belongs to the installation.
CREATE TABLE People (
    PersonId          BINARY(16)     NOT NULL,
    Email             NVARCHAR(254)  NOT NULL,
    -- The form in which addresses are compared.
    EmailKey          NVARCHAR(320)  NOT NULL,
    Name              NVARCHAR(200)  NOT NULL,
    PasswordHash      NVARCHAR(200)  NOT NULL,
    PasswordChangedAt DATETIME2(7)   NOT NULL,
    -- The second factor's secret, sealed; the new one waits for its first code.
    TotpSecret        VARBINARY(200) NULL,
    NewTotpSecret     VARBINARY(200) NULL,
    -- The half minute of the last code that was taken: no code is taken twice.
    TotpStep          BIGINT         NOT NULL,
    -- From where the password was last reset: this address is not shut out by others' tries.
    ResetFromHash     BINARY(32)     NULL,
    CreatedAt         DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_People PRIMARY KEY (PersonId)
);
CREATE UNIQUE INDEX UX_People_Email ON People (EmailKey);

CREATE TABLE RecoveryCodes (
    PersonId BINARY(16)   NOT NULL,
    Hash     BINARY(32)   NOT NULL,
    UsedAt   DATETIME2(7) NULL,
    CONSTRAINT PK_RecoveryCodes PRIMARY KEY (PersonId, Hash),
    CONSTRAINT FK_RecoveryCodes_People FOREIGN KEY (PersonId) REFERENCES People (PersonId) ON DELETE CASCADE
);

-- A forgotten password. A row is written for whoever asks, also when there is no such person: so the answers take the same time.
CREATE TABLE PasswordResets (
    ResetId   BINARY(16)   NOT NULL,
    PersonId  BINARY(16)   NULL,
    -- Of the token in the letter; null until it is written.
    Hash      BINARY(32)   NULL,
    ExpiresAt DATETIME2(7) NOT NULL,
    UsedAt    DATETIME2(7) NULL,
    CONSTRAINT PK_PasswordResets PRIMARY KEY (ResetId),
    CONSTRAINT FK_PasswordResets_People FOREIGN KEY (PersonId) REFERENCES People (PersonId) ON DELETE CASCADE
);
CREATE INDEX IX_PasswordResets_Hash ON PasswordResets (Hash);
CREATE INDEX IX_PasswordResets_Person ON PasswordResets (PersonId);

-- A tenant to be, until whoever asked for it has shown that the address is theirs.
CREATE TABLE Signups (
    Hash       BINARY(32)    NOT NULL,
    Email      NVARCHAR(254) NOT NULL,
    EmailKey   NVARCHAR(320) NOT NULL,
    TenantName NVARCHAR(200) NOT NULL,
    TimeZone   NVARCHAR(64)  NOT NULL,
    Currency   NVARCHAR(3)   NOT NULL,
    Locale     NVARCHAR(35)  NOT NULL,
    ExpiresAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Signups PRIMARY KEY (Hash)
);

-- A person in a data set of a tenant. Name and address are copies of the person's.
CREATE TABLE Users (
    TenantId  INT           NOT NULL,
    Id        BINARY(16)    NOT NULL,
    PersonId  BINARY(16)    NOT NULL,
    Name      NVARCHAR(200) NOT NULL,
    Email     NVARCHAR(254) NOT NULL,
    EmailKey  NVARCHAR(320) NOT NULL,
    -- 1 owner, 2 manager, 3 agent, 4 analyst.
    Role      INT           NOT NULL,
    Revision  INT           NOT NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    UpdatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Users PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Users_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_Users_Person ON Users (TenantId, PersonId);
CREATE UNIQUE INDEX UX_Users_Email ON Users (TenantId, EmailKey);
CREATE INDEX IX_Users_Person ON Users (PersonId);
CREATE INDEX IX_Users_Created ON Users (TenantId, CreatedAt, Id);

-- One sign-in and all the tokens that came of it, one after the other.
CREATE TABLE Sessions (
    TenantId    INT           NOT NULL,
    Id          BINARY(16)    NOT NULL,
    UserId      BINARY(16)    NOT NULL,
    PersonId    BINARY(16)    NOT NULL,
    -- Of the address, with a key that only this installation has.
    AddressHash BINARY(32)    NOT NULL,
    Browser     NVARCHAR(200) NULL,
    CreatedAt   DATETIME2(7)  NOT NULL,
    RefreshedAt DATETIME2(7)  NOT NULL,
    -- However often it is refreshed.
    ExpiresAt   DATETIME2(7)  NOT NULL,
    EndedAt     DATETIME2(7)  NULL,
    Revision    INT           NOT NULL,
    CONSTRAINT PK_Sessions PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Sessions_Users FOREIGN KEY (TenantId, UserId) REFERENCES Users (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Sessions_User ON Sessions (TenantId, UserId, CreatedAt, Id);
CREATE INDEX IX_Sessions_Person ON Sessions (PersonId, AddressHash);
CREATE INDEX IX_Sessions_Expiry ON Sessions (ExpiresAt);

CREATE TABLE SessionTokens (
    TenantId  INT          NOT NULL,
    Hash      BINARY(32)   NOT NULL,
    SessionId BINARY(16)   NOT NULL,
    IsRefresh BIT          NOT NULL,
    ExpiresAt DATETIME2(7) NOT NULL,
    -- A refresh token is used once; whoever shows it again is not the one we gave it to, or is and was robbed.
    UsedAt    DATETIME2(7) NULL,
    CONSTRAINT PK_SessionTokens PRIMARY KEY (TenantId, Hash),
    CONSTRAINT FK_SessionTokens_Sessions FOREIGN KEY (TenantId, SessionId) REFERENCES Sessions (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SessionTokens_Hash ON SessionTokens (Hash);
CREATE INDEX IX_SessionTokens_Session ON SessionTokens (TenantId, SessionId, ExpiresAt);
