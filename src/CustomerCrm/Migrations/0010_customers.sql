CREATE TABLE Customers (
    TenantId    INT           NOT NULL,
    Id          BINARY(16)    NOT NULL,
    Name        NVARCHAR(200) NULL,
    -- Lower case, without accents: what lists sort by.
    NameKey     NVARCHAR(200) NOT NULL,
    FirstName   NVARCHAR(100) NULL,
    LastName    NVARCHAR(100) NULL,
    -- Copies of the primary identities' values, so that a list needs no join.
    Email       NVARCHAR(254) NULL,
    Phone       NVARCHAR(20)  NULL,
    Company     NVARCHAR(200) NULL,
    BirthDate   DATE          NULL,
    Language    NVARCHAR(35)  NULL,
    TimeZone    NVARCHAR(64)  NULL,
    Country     NVARCHAR(2)   NULL,
    Region      NVARCHAR(100) NULL,
    City        NVARCHAR(100) NULL,
    PostalCode  NVARCHAR(20)  NULL,
    Address     NVARCHAR(300) NULL,
    -- Of the first and the last interaction or order; before there is one, null and the time of creation.
    FirstSeenAt DATETIME2(7)  NULL,
    LastSeenAt  DATETIME2(7)  NOT NULL,
    Revision    INT           NOT NULL,
    CreatedAt   DATETIME2(7)  NOT NULL,
    -- Of the profile and the identities; being seen is not an update.
    UpdatedAt   DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Customers PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Customers_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Customers_Created ON Customers (TenantId, CreatedAt, Id);
CREATE INDEX IX_Customers_Updated ON Customers (TenantId, UpdatedAt, Id);
CREATE INDEX IX_Customers_Seen ON Customers (TenantId, LastSeenAt, Id);
CREATE INDEX IX_Customers_Name ON Customers (TenantId, NameKey, Id);

CREATE TABLE Identities (
    TenantId   INT            NOT NULL,
    Id         BINARY(16)     NOT NULL,
    CustomerId BINARY(16)     NOT NULL,
    -- 1 e-mail, 2 phone, 3 external id, 4 social handle.
    Kind       INT            NOT NULL,
    -- Which shop or network the value is of; empty for e-mail and phone.
    Source     NVARCHAR(100)  NOT NULL,
    Value      NVARCHAR(254)  NOT NULL,
    -- The normalised value in UTF-8. Bytes, because what SQL Server calls equal texts depends on its collation.
    ValueKey   VARBINARY(800) NOT NULL,
    IsVerified BIT            NOT NULL,
    IsPrimary  BIT            NOT NULL,
    Revision   INT            NOT NULL,
    CreatedAt  DATETIME2(7)   NOT NULL,
    UpdatedAt  DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Identities PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_Identities_Value UNIQUE (TenantId, Kind, Source, ValueKey),
    CONSTRAINT FK_Identities_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Identities_Customer ON Identities (TenantId, CustomerId, CreatedAt, Id);
CREATE UNIQUE INDEX UQ_Identities_Primary ON Identities (TenantId, CustomerId, Kind) WHERE IsPrimary = 1;

-- The words of customers' names, folded like NameKey and in UTF-8, so that a prefix is a range of bytes on both engines.
CREATE TABLE CustomerWords (
    TenantId   INT            NOT NULL,
    Word       VARBINARY(200) NOT NULL,
    CustomerId BINARY(16)     NOT NULL,
    CONSTRAINT PK_CustomerWords PRIMARY KEY (TenantId, Word, CustomerId),
    CONSTRAINT FK_CustomerWords_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CustomerWords_Customer ON CustomerWords (TenantId, CustomerId, Word);
