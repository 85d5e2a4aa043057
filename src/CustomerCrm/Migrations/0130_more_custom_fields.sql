-- Fields of the tenant's own for companies and products, like those of customers (0025).
CREATE TABLE CompanyFields (
    TenantId  INT           NOT NULL,
    CompanyId BINARY(16)    NOT NULL,
    Text      NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_CompanyFields PRIMARY KEY (TenantId, CompanyId),
    CONSTRAINT FK_CompanyFields_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE
);

CREATE TABLE CompanyFieldValues (
    TenantId  INT            NOT NULL,
    CompanyId BINARY(16)     NOT NULL,
    FieldId   BINARY(16)     NOT NULL,
    ValueKey  VARBINARY(850) NOT NULL,
    CONSTRAINT PK_CompanyFieldValues PRIMARY KEY (TenantId, CompanyId, FieldId),
    CONSTRAINT FK_CompanyFieldValues_Companies FOREIGN KEY (TenantId, CompanyId) REFERENCES Companies (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CompanyFieldValues_Key ON CompanyFieldValues (TenantId, FieldId, ValueKey, CompanyId);

CREATE TABLE ProductFields (
    TenantId  INT           NOT NULL,
    ProductId BINARY(16)    NOT NULL,
    Text      NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_ProductFields PRIMARY KEY (TenantId, ProductId),
    CONSTRAINT FK_ProductFields_Products FOREIGN KEY (TenantId, ProductId) REFERENCES Products (TenantId, Id) ON DELETE CASCADE
);

CREATE TABLE ProductFieldValues (
    TenantId  INT            NOT NULL,
    ProductId BINARY(16)     NOT NULL,
    FieldId   BINARY(16)     NOT NULL,
    ValueKey  VARBINARY(850) NOT NULL,
    CONSTRAINT PK_ProductFieldValues PRIMARY KEY (TenantId, ProductId, FieldId),
    CONSTRAINT FK_ProductFieldValues_Products FOREIGN KEY (TenantId, ProductId) REFERENCES Products (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ProductFieldValues_Key ON ProductFieldValues (TenantId, FieldId, ValueKey, ProductId);

-- As FieldChanges, of what is no customer's: companies and products. It outlives its record, which may come back from the bin.
CREATE TABLE RecordChanges (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    Resource   NVARCHAR(50)  NOT NULL,
    RecordId   NVARCHAR(40)  NOT NULL,
    Revision   INT           NOT NULL,
    Field      NVARCHAR(200) NOT NULL,
    OldValue   NVARCHAR(MAX) NULL,
    NewValue   NVARCHAR(MAX) NULL,
    ChangedAt  DATETIME2(7)  NOT NULL,
    ActorKind  INT           NOT NULL,
    ActorId    NVARCHAR(40)  NULL,
    ActorName  NVARCHAR(200) NOT NULL,
    CONSTRAINT PK_RecordChanges PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_RecordChanges_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_RecordChanges_Record ON RecordChanges (TenantId, RecordId, ChangedAt, Id);
