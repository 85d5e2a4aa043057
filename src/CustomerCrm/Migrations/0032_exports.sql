CREATE TABLE Exports (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    -- The name of the list: customers.
    List        NVARCHAR(50)   NOT NULL,
    SegmentId   BINARY(16)     NULL,
    -- Filters and order, as they would stand in the list's address.
    Query       NVARCHAR(4000) NOT NULL,
    -- 1 CSV, 2 JSON lines.
    Format      INT            NOT NULL,
    -- 1 queued, 2 running, 3 finished, 4 failed.
    Status      INT            NOT NULL,
    RowTotal    INT            NOT NULL,
    Bytes       BIGINT         NULL,
    FailureCode NVARCHAR(50)   NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    UpdatedAt   DATETIME2(7)   NOT NULL,
    ExpiresAt   DATETIME2(7)   NULL,
    CONSTRAINT PK_Exports PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Exports_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
