-- Which fields of a customer, and of what belongs to one, were changed: from what, to what, when and by whom.
CREATE TABLE FieldChanges (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    -- In whose history it stands.
    CustomerId BINARY(16)    NOT NULL,
    -- What was changed: customer, identity, order, interaction; and its id as the API writes it.
    Resource   NVARCHAR(50)  NOT NULL,
    RecordId   NVARCHAR(40)  NOT NULL,
    -- The revision that the change made.
    Revision   INT           NOT NULL,
    -- By its name on the wire.
    Field      NVARCHAR(200) NOT NULL,
    -- JSON; null for none.
    OldValue   NVARCHAR(MAX) NULL,
    NewValue   NVARCHAR(MAX) NULL,
    ChangedAt  DATETIME2(7)  NOT NULL,
    -- 1 api_key, 2 user, 3 job, 4 import; the name is that of the moment.
    ActorKind  INT           NOT NULL,
    ActorId    NVARCHAR(40)  NULL,
    ActorName  NVARCHAR(200) NOT NULL,
    CONSTRAINT PK_FieldChanges PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_FieldChanges_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_FieldChanges_Customer ON FieldChanges (TenantId, CustomerId, ChangedAt, Id);
CREATE INDEX IX_FieldChanges_Record ON FieldChanges (TenantId, RecordId, Revision, Id);
