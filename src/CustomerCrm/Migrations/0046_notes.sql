-- What people of the tenant write down of a customer, a company or an order: of exactly one of them. A note of an order is its
-- customer's too, so that a timeline needs no join; it has no key into Orders, since SQL Server takes only one way of cascading
-- from Customers. Where the order is gone, no statement shows the note any more.
CREATE TABLE Notes (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    CustomerId BINARY(16)    NULL,
    CompanyId  BINARY(16)    NULL,
    OrderId    BINARY(16)    NULL,
    Body       NVARCHAR(MAX) NOT NULL,
    IsPinned   BIT           NOT NULL,
    -- 1 api_key, 2 user, 3 job, 4 import; with the id as the API writes it and the name it had then.
    AuthorKind INT           NOT NULL,
    AuthorId   NVARCHAR(40)  NULL,
    AuthorName NVARCHAR(200) NOT NULL,
    WrittenAt  DATETIME2(7)  NOT NULL,
    Revision   INT           NOT NULL,
    CreatedAt  DATETIME2(7)  NOT NULL,
    UpdatedAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Notes PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Notes_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_Notes_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Notes_Written ON Notes (TenantId, WrittenAt, Id);
CREATE INDEX IX_Notes_Customer ON Notes (TenantId, CustomerId, WrittenAt, Id);
CREATE INDEX IX_Notes_Company ON Notes (TenantId, CompanyId, WrittenAt, Id) WHERE CompanyId IS NOT NULL;
CREATE INDEX IX_Notes_Order ON Notes (TenantId, OrderId, WrittenAt, Id) WHERE OrderId IS NOT NULL;
CREATE INDEX IX_Notes_Pinned ON Notes (TenantId, IsPinned, WrittenAt, Id) WHERE IsPinned = 1;
