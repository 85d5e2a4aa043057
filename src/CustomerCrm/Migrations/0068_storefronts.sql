-- Shops that tell of their customers and orders by signed webhooks.
CREATE TABLE Storefronts (
    TenantId   INT             NOT NULL,
    Id         BINARY(16)      NOT NULL,
    Name       NVARCHAR(200)   NOT NULL,
    -- 1 shopify, 2 woocommerce.
    Kind       INT             NOT NULL,
    -- What external ids of the shop's customers, orders and products are said to come from; a key, in lower case.
    Source     NVARCHAR(100)   NOT NULL,
    -- The shop's own address, where only that one is believed.
    Domain     NVARCHAR(253)   NULL,
    -- 1 active, 2 paused, 3 disconnected: the shop has asked to be forgotten.
    Status     INT             NOT NULL,
    TokenHint  NVARCHAR(20)    NOT NULL,
    SecretBox  VARBINARY(1000) NOT NULL,
    Revision   INT             NOT NULL,
    CreatedAt  DATETIME2(7)    NOT NULL,
    UpdatedAt  DATETIME2(7)    NOT NULL,
    CONSTRAINT PK_Storefronts PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Storefronts_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_Storefronts_Source ON Storefronts (TenantId, Source);
CREATE INDEX IX_Storefronts_Created ON Storefronts (TenantId, CreatedAt, Id);

-- The last that was heard of each thing of a shop, so that what comes late changes nothing and what was deleted stays so.
CREATE TABLE StorefrontMarks (
    TenantId     INT            NOT NULL,
    StorefrontId BINARY(16)     NOT NULL,
    -- 1 customer, 2 order.
    Kind         INT            NOT NULL,
    ExternalKey  VARBINARY(800) NOT NULL,
    -- When the shop changed it last, by the shop's clock.
    ChangedAt    DATETIME2(7)   NULL,
    DeletedAt    DATETIME2(7)   NULL,
    -- Of a customer: who it is here. No key, so that it is known whom to purge when they are in the bin.
    PersonId     BINARY(16)     NULL,
    CONSTRAINT PK_StorefrontMarks PRIMARY KEY (TenantId, StorefrontId, Kind, ExternalKey),
    CONSTRAINT FK_StorefrontMarks_Storefronts FOREIGN KEY (TenantId, StorefrontId) REFERENCES Storefronts (TenantId, Id) ON DELETE CASCADE
);
