-- One row for each data set: a tenant's live data and its test data are two, under one account.
CREATE TABLE Tenants (
    TenantId  INT           NOT NULL,
    AccountId BINARY(16)    NOT NULL,
    IsTest    BIT           NOT NULL,
    Name      NVARCHAR(200) NOT NULL,
    TimeZone  NVARCHAR(64)  NOT NULL,
    Currency  NVARCHAR(3)   NOT NULL,
    Locale    NVARCHAR(35)  NOT NULL,
    WeekStart INT           NOT NULL,
    -- Per month, of a customer's future value.
    DiscountRate FLOAT      NOT NULL,
    Revision  INT           NOT NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    UpdatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Tenants PRIMARY KEY (TenantId)
);

CREATE TABLE ApiKeys (
    TenantId   INT            NOT NULL,
    Id         BINARY(16)     NOT NULL,
    Name       NVARCHAR(200)  NOT NULL,
    Hash       BINARY(32)     NOT NULL,
    -- What a person recognises it by: the first and the last characters.
    Hint       NVARCHAR(32)   NOT NULL,
    Scopes     NVARCHAR(4000) NOT NULL,
    CreatedAt  DATETIME2(7)   NOT NULL,
    ExpiresAt  DATETIME2(7)   NULL,
    LastUsedAt DATETIME2(7)   NULL,
    RevokedAt  DATETIME2(7)   NULL,
    Revision   INT            NOT NULL,
    CONSTRAINT PK_ApiKeys PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_ApiKeys_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_ApiKeys_Hash ON ApiKeys (Hash);

-- The operator of the installation, who is above all tenants and may only create them.
CREATE TABLE OperatorKeys (
    Hash      BINARY(32)   NOT NULL,
    CreatedAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_OperatorKeys PRIMARY KEY (Hash)
);
