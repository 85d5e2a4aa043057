-- How a data set may write to its customers. No row: as at the beginning.
CREATE TABLE ContactPolicies (
    TenantId     INT           NOT NULL,
    SettingsText NVARCHAR(MAX) NOT NULL,
    Revision     INT           NOT NULL,
    UpdatedAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ContactPolicies PRIMARY KEY (TenantId),
    CONSTRAINT FK_ContactPolicies_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- One row for each customer who was ever written to: whoever decides about a message to them holds it until the commit, so that
-- no two decide at once.
CREATE TABLE ContactTurns (
    TenantId   INT        NOT NULL,
    CustomerId BINARY(16) NOT NULL,
    Turn       INT        NOT NULL,
    CONSTRAINT PK_ContactTurns PRIMARY KEY (TenantId, CustomerId),
    CONSTRAINT FK_ContactTurns_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);

-- How many messages left on a day of the tenant's.
CREATE TABLE SendCounts (
    TenantId  INT  NOT NULL,
    -- 1 e-mail, 2 SMS.
    Channel   INT  NOT NULL,
    Day       DATE NOT NULL,
    SentCount INT  NOT NULL,
    CONSTRAINT PK_SendCounts PRIMARY KEY (TenantId, Channel, Day),
    CONSTRAINT FK_SendCounts_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
