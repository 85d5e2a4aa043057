-- What the tenant sells.
CREATE TABLE Products (
    TenantId        INT            NOT NULL,
    Id              BINARY(16)     NOT NULL,
    -- Its number in the shop; the key is its UTF-8, compared byte by byte.
    Sku             NVARCHAR(100)  NULL,
    SkuKey          VARBINARY(400) NULL,
    Name            NVARCHAR(300)  NOT NULL,
    -- Lower case, without accents: what lists sort by.
    NameKey         NVARCHAR(200)  NOT NULL,
    Description     NVARCHAR(4000) NULL,
    -- Of one piece, in minor units of Currency; both or none.
    PriceMinor      BIGINT         NULL,
    Currency        NVARCHAR(3)    NULL,
    IsActive        BIT            NOT NULL,
    ImageUrl        NVARCHAR(2000) NULL,
    -- When the shop last changed the product, by the shop's clock: what is older than this arrives too late.
    SourceUpdatedAt DATETIME2(7)   NULL,
    -- The sums of ProductSales, kept by a job, seconds behind the orders.
    UnitsSold       BIGINT         NOT NULL,
    RevenueMinor    BIGINT         NOT NULL,
    OrderCount      INT            NOT NULL,
    CustomerCount   INT            NOT NULL,
    LastOrderAt     DATETIME2(7)   NULL,
    Revision        INT            NOT NULL,
    CreatedAt       DATETIME2(7)   NOT NULL,
    -- Of what is said of the product; figures that move are no update.
    UpdatedAt       DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Products PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Products_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Products_Created ON Products (TenantId, CreatedAt, Id);
CREATE INDEX IX_Products_Updated ON Products (TenantId, UpdatedAt, Id);
CREATE INDEX IX_Products_Name ON Products (TenantId, NameKey, Id);
CREATE INDEX IX_Products_Revenue ON Products (TenantId, RevenueMinor, Id);
CREATE INDEX IX_Products_Units ON Products (TenantId, UnitsSold, Id);
CREATE UNIQUE INDEX UQ_Products_Sku ON Products (TenantId, SkuKey) WHERE SkuKey IS NOT NULL;

-- What a product is called elsewhere, at most one id in each shop; the key is its UTF-8, compared byte by byte.
CREATE TABLE ProductExternalIds (
    TenantId    INT            NOT NULL,
    ProductId   BINARY(16)     NOT NULL,
    Source      NVARCHAR(100)  NOT NULL,
    ExternalId  NVARCHAR(200)  NOT NULL,
    ExternalKey VARBINARY(800) NOT NULL,
    CONSTRAINT PK_ProductExternalIds PRIMARY KEY (TenantId, ProductId, Source),
    CONSTRAINT UQ_ProductExternalIds_Key UNIQUE (TenantId, ExternalKey, Source),
    CONSTRAINT FK_ProductExternalIds_Products FOREIGN KEY (TenantId, ProductId) REFERENCES Products (TenantId, Id) ON DELETE CASCADE
);

-- The key is folded like a name, and in UTF-8: upper and lower case and accents do not count.
CREATE TABLE ProductCategories (
    TenantId    INT            NOT NULL,
    ProductId   BINARY(16)     NOT NULL,
    CategoryKey VARBINARY(400) NOT NULL,
    Category    NVARCHAR(100)  NOT NULL,
    CONSTRAINT PK_ProductCategories PRIMARY KEY (TenantId, ProductId, CategoryKey),
    CONSTRAINT FK_ProductCategories_Products FOREIGN KEY (TenantId, ProductId) REFERENCES Products (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ProductCategories_Key ON ProductCategories (TenantId, CategoryKey, ProductId);

-- The words of products' names, as CustomerWords.
CREATE TABLE ProductWords (
    TenantId  INT            NOT NULL,
    Word      VARBINARY(200) NOT NULL,
    ProductId BINARY(16)     NOT NULL,
    CONSTRAINT PK_ProductWords PRIMARY KEY (TenantId, Word, ProductId),
    CONSTRAINT FK_ProductWords_Products FOREIGN KEY (TenantId, ProductId) REFERENCES Products (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ProductWords_Product ON ProductWords (TenantId, ProductId, Word);

-- What each customer bought of each product, counted anew in the transaction of every order. Rows of a product that is gone go
-- when its lines are untied, some at a time.
CREATE TABLE ProductSales (
    TenantId     INT          NOT NULL,
    CustomerId   BINARY(16)   NOT NULL,
    ProductId    BINARY(16)   NOT NULL,
    Units        BIGINT       NOT NULL,
    -- In the tenant's currency: of each order's spend the part that the line has in its lines, so that products add up to the spend.
    RevenueMinor BIGINT       NOT NULL,
    OrderCount   INT          NOT NULL,
    FirstOrderAt DATETIME2(7) NOT NULL,
    LastOrderAt  DATETIME2(7) NOT NULL,
    CONSTRAINT PK_ProductSales PRIMARY KEY (TenantId, CustomerId, ProductId),
    CONSTRAINT FK_ProductSales_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
-- For the customers of a product, and with all that its sums need.
CREATE INDEX IX_ProductSales_Product ON ProductSales (TenantId, ProductId, LastOrderAt, CustomerId, Units, RevenueMinor, OrderCount);

-- Which product a line is of, where the catalogue has it: by its id in the order's source, else by its SKU.
ALTER TABLE OrderLines ADD ProductId BINARY(16) NULL;
ALTER TABLE OrderLines ADD SkuKey VARBINARY(400) NULL;
ALTER TABLE OrderLines ADD ProductExternalId NVARCHAR(200) NULL;
ALTER TABLE OrderLines ADD ProductExternalKey VARBINARY(800) NULL;
CREATE INDEX IX_OrderLines_Product ON OrderLines (TenantId, ProductId, OrderId) WHERE ProductId IS NOT NULL;
-- Lines whose product is not in the catalogue yet.
CREATE INDEX IX_OrderLines_Sku ON OrderLines (TenantId, SkuKey, OrderId) WHERE SkuKey IS NOT NULL AND ProductId IS NULL;
CREATE INDEX IX_OrderLines_External ON OrderLines (TenantId, ProductExternalKey, OrderId) WHERE ProductExternalKey IS NOT NULL AND ProductId IS NULL;
