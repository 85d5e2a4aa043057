-- What was deleted and can be restored: one row for each record, whose rows left their tables.
CREATE TABLE RemovedRecords (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    -- customer, order, interaction; its id as the API writes it, and as keys hold it.
    Kind        NVARCHAR(50)   NOT NULL,
    RecordId    NVARCHAR(40)   NOT NULL,
    RecordKey   BINARY(16)     NOT NULL,
    -- The customer it is or is of. No foreign key: that one is gone, or may go.
    CustomerKey BINARY(16)     NOT NULL,
    Title       NVARCHAR(300)  NULL,
    -- How many of which resources went with it, as JSON.
    Contents    NVARCHAR(1000) NOT NULL,
    RemovedAt   DATETIME2(7)   NOT NULL,
    ExpiresAt   DATETIME2(7)   NOT NULL,
    -- As in FieldChanges.
    ActorKind   INT            NOT NULL,
    ActorId     NVARCHAR(40)   NULL,
    ActorName   NVARCHAR(200)  NOT NULL,
    CONSTRAINT PK_RemovedRecords PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_RemovedRecords_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_RemovedRecords_Removed ON RemovedRecords (TenantId, RemovedAt, Id);
CREATE INDEX IX_RemovedRecords_Expires ON RemovedRecords (TenantId, ExpiresAt, Id);
CREATE INDEX IX_RemovedRecords_Customer ON RemovedRecords (TenantId, CustomerKey);

-- Its rows as they were, some hundred of one table in each part: compressed JSON (RowText.cs), in the order they are put back.
CREATE TABLE RemovedRows (
    TenantId  INT            NOT NULL,
    RemovedId BINARY(16)     NOT NULL,
    Part      INT            NOT NULL,
    TableName NVARCHAR(100)  NOT NULL,
    Content   VARBINARY(MAX) NOT NULL,
    CONSTRAINT PK_RemovedRows PRIMARY KEY (TenantId, RemovedId, Part),
    CONSTRAINT FK_RemovedRows_RemovedRecords FOREIGN KEY (TenantId, RemovedId) REFERENCES RemovedRecords (TenantId, Id) ON DELETE CASCADE
);
