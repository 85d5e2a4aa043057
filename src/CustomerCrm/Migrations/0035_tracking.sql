-- What customers, and visitors of whom nothing is known yet, did: told by the shop or by its pages. It never changes, except that a
-- visitor's past becomes a customer's.
CREATE TABLE TrackedEvents (
    TenantId      INT            NOT NULL,
    Id            BINARY(16)     NOT NULL,
    -- Null while nobody knows whose it is.
    CustomerId    BINARY(16)     NULL,
    AnonymousId   NVARCHAR(200)  NULL,
    -- This and the other keys are the text in UTF-8: what SQL Server calls equal texts depends on its collation.
    AnonymousKey  VARBINARY(800) NULL,
    Name          NVARCHAR(100)  NOT NULL,
    NameKey       VARBINARY(400) NOT NULL,
    -- A JSON object; null where there was none.
    Properties    NVARCHAR(MAX)  NULL,
    OccurredAt    DATETIME2(7)   NOT NULL,
    -- The same as a number, in ten millionths of a second, so that "within an hour after" is an addition on both engines.
    OccurredTicks BIGINT         NOT NULL,
    -- 1 a program with a secret key, 2 a page with a publishable one.
    Origin        INT            NOT NULL,
    UniqueId      NVARCHAR(200)  NULL,
    UniqueKey     VARBINARY(800) NULL,
    ReceivedAt    DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_TrackedEvents PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_TrackedEvents_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TrackedEvents_Occurred ON TrackedEvents (TenantId, OccurredAt, Id);
CREATE INDEX IX_TrackedEvents_Customer ON TrackedEvents (TenantId, CustomerId, OccurredAt, Id) WHERE CustomerId IS NOT NULL;
-- What segments ask: how often did this customer do this in a span of time?
CREATE INDEX IX_TrackedEvents_Name ON TrackedEvents (TenantId, CustomerId, NameKey, OccurredTicks) WHERE CustomerId IS NOT NULL;
CREATE INDEX IX_TrackedEvents_Visitor ON TrackedEvents (TenantId, AnonymousKey, CustomerId, Id) WHERE AnonymousKey IS NOT NULL;
-- A page can guess a shop's ids; so it can only stand in its own way.
CREATE UNIQUE INDEX UQ_TrackedEvents_Unique ON TrackedEvents (TenantId, UniqueKey, Origin) WHERE UniqueKey IS NOT NULL;

-- Visitors of whom it is known who they are.
CREATE TABLE Visitors (
    TenantId     INT            NOT NULL,
    AnonymousKey VARBINARY(800) NOT NULL,
    CustomerId   BINARY(16)     NOT NULL,
    IdentifiedAt DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Visitors PRIMARY KEY (TenantId, AnonymousKey),
    CONSTRAINT FK_Visitors_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Visitors_Customer ON Visitors (TenantId, CustomerId, AnonymousKey);

-- Every name that was ever tracked: what rules and forms can offer.
CREATE TABLE TrackedNames (
    TenantId       INT            NOT NULL,
    NameKey        VARBINARY(400) NOT NULL,
    Name           NVARCHAR(100)  NOT NULL,
    FirstTrackedAt DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_TrackedNames PRIMARY KEY (TenantId, NameKey),
    CONSTRAINT FK_TrackedNames_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_TrackedNames_Name ON TrackedNames (TenantId, Name, NameKey);
