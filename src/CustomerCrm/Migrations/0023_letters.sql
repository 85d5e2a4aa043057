-- Mail to people, sealed, until it is delivered. TenantId 0 is the installation's own.
CREATE TABLE Letters (
    TenantId  INT            NOT NULL,
    Id        BINARY(16)     NOT NULL,
    Sealed    VARBINARY(MAX) NOT NULL,
    CreatedAt DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Letters PRIMARY KEY (TenantId, Id)
);
CREATE INDEX IX_Letters_Created ON Letters (CreatedAt);
