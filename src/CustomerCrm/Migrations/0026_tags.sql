-- Words that a tenant puts on its records.
CREATE TABLE Tags (
    TenantId  INT            NOT NULL,
    Id        BINARY(16)     NOT NULL,
    Name      NVARCHAR(50)   NOT NULL,
    -- The name without regard to case, in UTF-8.
    NameKey   VARBINARY(400) NOT NULL,
    Revision  INT            NOT NULL,
    CreatedAt DATETIME2(7)   NOT NULL,
    UpdatedAt DATETIME2(7)   NOT NULL,
    -- Gone for everyone; the row stays until a job has taken it off the records, or put the other tag in its place.
    DeletedAt DATETIME2(7)   NULL,
    CONSTRAINT PK_Tags PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Tags_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_Tags_Name ON Tags (TenantId, NameKey) WHERE DeletedAt IS NULL;
CREATE INDEX IX_Tags_Created ON Tags (TenantId, CreatedAt, Id);

-- One table for each resource that has tags. A row may outlive its tag for a while, so nothing refers to Tags.
CREATE TABLE CustomerTags (
    TenantId   INT          NOT NULL,
    CustomerId BINARY(16)   NOT NULL,
    TagId      BINARY(16)   NOT NULL,
    AddedAt    DATETIME2(7) NOT NULL,
    CONSTRAINT PK_CustomerTags PRIMARY KEY (TenantId, CustomerId, TagId),
    CONSTRAINT FK_CustomerTags_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CustomerTags_Tag ON CustomerTags (TenantId, TagId, CustomerId);

CREATE TABLE OrderTags (
    TenantId INT          NOT NULL,
    OrderId  BINARY(16)   NOT NULL,
    TagId    BINARY(16)   NOT NULL,
    AddedAt  DATETIME2(7) NOT NULL,
    CONSTRAINT PK_OrderTags PRIMARY KEY (TenantId, OrderId, TagId),
    CONSTRAINT FK_OrderTags_Orders FOREIGN KEY (TenantId, OrderId) REFERENCES Orders (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_OrderTags_Tag ON OrderTags (TenantId, TagId, OrderId);
