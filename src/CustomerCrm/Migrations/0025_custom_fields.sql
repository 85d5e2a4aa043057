-- Fields that a tenant gives its customers, orders and interactions.
CREATE TABLE CustomFields (
    TenantId      INT            NOT NULL,
    Id            BINARY(16)     NOT NULL,
    -- 1 customers, 2 orders, 3 interactions.
    Resource      INT            NOT NULL,
    Name          NVARCHAR(50)   NOT NULL,
    Label         NVARCHAR(100)  NOT NULL,
    Description   NVARCHAR(1000) NULL,
    -- 1 text, 2 number, 3 money, 4 date, 5 boolean, 6 choice, 7 reference.
    Type          INT            NOT NULL,
    -- Of a choice, as JSON: names, labels and whether they are retired.
    OptionsText   NVARCHAR(MAX)  NULL,
    -- Of money: what its minor units are of.
    Currency      NVARCHAR(3)    NULL,
    -- Of a reference: to what. Numbers like Resource's.
    ReferencesTo  INT            NULL,
    Revision      INT            NOT NULL,
    CreatedAt     DATETIME2(7)   NOT NULL,
    UpdatedAt     DATETIME2(7)   NOT NULL,
    -- Gone for everyone; the row stays until a job has taken its values away, and its name is taken until then.
    DeletedAt     DATETIME2(7)   NULL,
    CONSTRAINT PK_CustomFields PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_CustomFields_Name UNIQUE (TenantId, Resource, Name),
    CONSTRAINT FK_CustomFields_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_CustomFields_Created ON CustomFields (TenantId, CreatedAt, Id);

-- Two tables for each resource that has such fields. The first is what is shown: all values of one record as one JSON object,
-- beside the record's row, so that a page of records is as quick with 200 fields as without.
CREATE TABLE CustomerFields (
    TenantId   INT           NOT NULL,
    CustomerId BINARY(16)    NOT NULL,
    Text       NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_CustomerFields PRIMARY KEY (TenantId, CustomerId),
    CONSTRAINT FK_CustomerFields_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);

-- The second is what is asked: a row for each value, whose key sorts as bytes like the values do (FieldKey.cs).
-- A value may outlive its field for a while, so nothing refers to CustomFields.
CREATE TABLE CustomerFieldValues (
    TenantId   INT            NOT NULL,
    CustomerId BINARY(16)     NOT NULL,
    FieldId    BINARY(16)     NOT NULL,
    ValueKey   VARBINARY(850) NOT NULL,
    CONSTRAINT PK_CustomerFieldValues PRIMARY KEY (TenantId, CustomerId, FieldId),
    CONSTRAINT FK_CustomerFieldValues_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CustomerFieldValues_Key ON CustomerFieldValues (TenantId, FieldId, ValueKey, CustomerId);

CREATE TABLE OrderFields (
    TenantId INT           NOT NULL,
    OrderId  BINARY(16)    NOT NULL,
    Text     NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_OrderFields PRIMARY KEY (TenantId, OrderId),
    CONSTRAINT FK_OrderFields_Orders FOREIGN KEY (TenantId, OrderId) REFERENCES Orders (TenantId, Id) ON DELETE CASCADE
);

CREATE TABLE OrderFieldValues (
    TenantId INT            NOT NULL,
    OrderId  BINARY(16)     NOT NULL,
    FieldId  BINARY(16)     NOT NULL,
    ValueKey VARBINARY(850) NOT NULL,
    CONSTRAINT PK_OrderFieldValues PRIMARY KEY (TenantId, OrderId, FieldId),
    CONSTRAINT FK_OrderFieldValues_Orders FOREIGN KEY (TenantId, OrderId) REFERENCES Orders (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_OrderFieldValues_Key ON OrderFieldValues (TenantId, FieldId, ValueKey, OrderId);

CREATE TABLE InteractionFields (
    TenantId      INT           NOT NULL,
    InteractionId BINARY(16)    NOT NULL,
    Text          NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_InteractionFields PRIMARY KEY (TenantId, InteractionId),
    CONSTRAINT FK_InteractionFields_Interactions FOREIGN KEY (TenantId, InteractionId) REFERENCES Interactions (TenantId, Id) ON DELETE CASCADE
);

CREATE TABLE InteractionFieldValues (
    TenantId      INT            NOT NULL,
    InteractionId BINARY(16)     NOT NULL,
    FieldId       BINARY(16)     NOT NULL,
    ValueKey      VARBINARY(850) NOT NULL,
    CONSTRAINT PK_InteractionFieldValues PRIMARY KEY (TenantId, InteractionId, FieldId),
    CONSTRAINT FK_InteractionFieldValues_Interactions FOREIGN KEY (TenantId, InteractionId) REFERENCES Interactions (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_InteractionFieldValues_Key ON InteractionFieldValues (TenantId, FieldId, ValueKey, InteractionId);
