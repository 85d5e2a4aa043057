-- Organisations that customers belong to.
CREATE TABLE Companies (
    TenantId     INT            NOT NULL,
    Id           BINARY(16)     NOT NULL,
    Name         NVARCHAR(200)  NOT NULL,
    -- Lower case, without accents: what lists sort by.
    NameKey      NVARCHAR(200)  NOT NULL,
    Industry     NVARCHAR(100)  NULL,
    Employees    INT            NULL,
    Phone        NVARCHAR(40)   NULL,
    Website      NVARCHAR(2000) NULL,
    TaxNumber    NVARCHAR(50)   NULL,
    Country      NVARCHAR(2)    NULL,
    Region       NVARCHAR(100)  NULL,
    City         NVARCHAR(100)  NULL,
    PostalCode   NVARCHAR(20)   NULL,
    Address      NVARCHAR(300)  NULL,
    Description  NVARCHAR(2000) NULL,
    -- Kept by a job, seconds behind the orders. All but PeopleCount is of those for whom it is the primary company, so that
    -- companies add up; in the tenant's currency, LeftOutCount being the orders that cannot be stated in it.
    PeopleCount  INT            NOT NULL,
    OrderCount   INT            NOT NULL,
    SpendMinor   BIGINT         NOT NULL,
    LeftOutCount INT            NOT NULL,
    FirstOrderAt DATETIME2(7)   NULL,
    LastOrderAt  DATETIME2(7)   NULL,
    Revision     INT            NOT NULL,
    CreatedAt    DATETIME2(7)   NOT NULL,
    -- Of the profile, the domains and the external ids; figures that move are no update.
    UpdatedAt    DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Companies PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Companies_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Companies_Created ON Companies (TenantId, CreatedAt, Id);
CREATE INDEX IX_Companies_Updated ON Companies (TenantId, UpdatedAt, Id);
CREATE INDEX IX_Companies_Name ON Companies (TenantId, NameKey, Id);
CREATE INDEX IX_Companies_Spend ON Companies (TenantId, SpendMinor, Id);

-- A domain is one company's only. In ASCII and lower case, as bytes: its beginning is a range, whatever the collation.
CREATE TABLE CompanyDomains (
    TenantId  INT            NOT NULL,
    DomainKey VARBINARY(253) NOT NULL,
    CompanyId BINARY(16)     NOT NULL,
    Domain    NVARCHAR(253)  NOT NULL,
    CONSTRAINT PK_CompanyDomains PRIMARY KEY (TenantId, DomainKey),
    CONSTRAINT FK_CompanyDomains_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CompanyDomains_Company ON CompanyDomains (TenantId, CompanyId);

-- What a company is called elsewhere, at most one id in each system; the key is its UTF-8, compared byte by byte.
CREATE TABLE CompanyExternalIds (
    TenantId    INT            NOT NULL,
    CompanyId   BINARY(16)     NOT NULL,
    Source      NVARCHAR(100)  NOT NULL,
    ExternalId  NVARCHAR(200)  NOT NULL,
    ExternalKey VARBINARY(800) NOT NULL,
    CONSTRAINT PK_CompanyExternalIds PRIMARY KEY (TenantId, CompanyId, Source),
    CONSTRAINT UQ_CompanyExternalIds_Key UNIQUE (TenantId, ExternalKey, Source),
    CONSTRAINT FK_CompanyExternalIds_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE
);

-- The words of companies' names, as CustomerWords.
CREATE TABLE CompanyWords (
    TenantId  INT            NOT NULL,
    Word      VARBINARY(200) NOT NULL,
    CompanyId BINARY(16)     NOT NULL,
    CONSTRAINT PK_CompanyWords PRIMARY KEY (TenantId, Word, CompanyId),
    CONSTRAINT FK_CompanyWords_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CompanyWords_Company ON CompanyWords (TenantId, CompanyId, Word);

-- Who belongs to which company. Of a customer's companies exactly one is the primary one.
CREATE TABLE CompanyPeople (
    TenantId   INT           NOT NULL,
    CompanyId  BINARY(16)    NOT NULL,
    CustomerId BINARY(16)    NOT NULL,
    Role       NVARCHAR(100) NULL,
    IsPrimary  BIT           NOT NULL,
    Revision   INT           NOT NULL,
    CreatedAt  DATETIME2(7)  NOT NULL,
    UpdatedAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_CompanyPeople PRIMARY KEY (TenantId, CompanyId, CustomerId),
    CONSTRAINT FK_CompanyPeople_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_CompanyPeople_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CompanyPeople_Added ON CompanyPeople (TenantId, CompanyId, CreatedAt, CustomerId);
CREATE INDEX IX_CompanyPeople_Customer ON CompanyPeople (TenantId, CustomerId, CreatedAt, CompanyId);
CREATE UNIQUE INDEX UQ_CompanyPeople_Primary ON CompanyPeople (TenantId, CustomerId) WHERE IsPrimary = 1;
