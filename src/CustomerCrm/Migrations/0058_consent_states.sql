-- What holds now of each customer's consents; the ledger (0059) says how it came to be.
CREATE TABLE ConsentStates (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    CustomerId BINARY(16)    NOT NULL,
    -- 1 transactional, 2 service, 3 marketing.
    Purpose    INT           NOT NULL,
    -- 1 e-mail, 2 SMS.
    Channel    INT           NOT NULL,
    -- '' is what holds where a topic has no row of its own.
    Topic      NVARCHAR(100) NOT NULL,
    -- 1 granted, 2 pending, 3 withdrawn, 4 expired. A grant whose ExpiresAt has come does not hold, whether the row says 4 by then or not.
    State      INT           NOT NULL,
    LegalBasis INT           NOT NULL,
    ExpiresAt  DATETIME2(7)  NULL,
    -- When what holds was said, maybe long before it was recorded.
    ChangedAt  DATETIME2(7)  NOT NULL,
    -- The entry of the ledger that decided it.
    EntryId    BINARY(16)    NOT NULL,
    CONSTRAINT PK_ConsentStates PRIMARY KEY (TenantId, CustomerId, Purpose, Channel, Topic),
    CONSTRAINT UQ_ConsentStates_Id UNIQUE (TenantId, Id),
    CONSTRAINT FK_ConsentStates_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ConsentStates_Asked ON ConsentStates (TenantId, Purpose, Channel, Topic, State, CustomerId);
CREATE INDEX IX_ConsentStates_Changed ON ConsentStates (TenantId, ChangedAt, Id);
CREATE INDEX IX_ConsentStates_Expires ON ConsentStates (TenantId, ExpiresAt) WHERE ExpiresAt IS NOT NULL;

-- Addresses that nothing is sent to any more, whoever's they are. The address itself is not here: only its keyed fingerprint.
CREATE TABLE Suppressions (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    Channel    INT           NOT NULL,
    AddressKey BINARY(32)    NOT NULL,
    -- For people: a***@example.com.
    Masked     NVARCHAR(254) NOT NULL,
    -- 1 hard bounce, 2 complaint, 3 stop, 4 manual, 5 erased.
    Reason     INT           NOT NULL,
    -- Who or what said so: a provider, an import, a page.
    Source     NVARCHAR(100) NOT NULL,
    Note       NVARCHAR(500) NULL,
    -- As in FieldChanges.
    ActorKind  INT           NOT NULL,
    ActorId    NVARCHAR(40)  NULL,
    ActorName  NVARCHAR(200) NOT NULL,
    CreatedAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Suppressions PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_Suppressions_Address UNIQUE (TenantId, Channel, AddressKey),
    CONSTRAINT FK_Suppressions_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Suppressions_Created ON Suppressions (TenantId, CreatedAt, Id);
