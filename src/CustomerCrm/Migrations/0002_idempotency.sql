CREATE TABLE IdempotencyRecords (
    TenantId    INT            NOT NULL,
    [Key]       NVARCHAR(255)  NOT NULL,
    Fingerprint BINARY(32)     NOT NULL,
    -- Null while the first request still runs, inside its own transaction.
    Status      INT            NULL,
    Headers     NVARCHAR(2000) NULL,
    Body        VARBINARY(MAX) NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_IdempotencyRecords PRIMARY KEY (TenantId, [Key])
);
CREATE INDEX IX_IdempotencyRecords_Created ON IdempotencyRecords (CreatedAt);

-- Keys that the installation made for itself: what signs cursors.
CREATE TABLE InstallationSecrets (
    Name      NVARCHAR(50)  NOT NULL,
    Value     VARBINARY(64) NOT NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_InstallationSecrets PRIMARY KEY (Name)
);
