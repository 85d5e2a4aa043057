-- What an event of an automation's own making says of what made it: so that no rule answers itself for ever.
ALTER TABLE Events ADD CauseId NVARCHAR(40) NULL;
ALTER TABLE Events ADD CauseDepth INT NULL;

-- Credentials that stand in the address of a public route: their hash alone, and whose door they open.
CREATE TABLE EntryTokens (
    TenantId  INT           NOT NULL,
    Hash      BINARY(32)    NOT NULL,
    -- What kind of door: 1 inbound hook, 2 storefront.
    Kind      INT           NOT NULL,
    OwnerId   BINARY(16)    NOT NULL,
    -- A token that was replaced opens for a while yet.
    ExpiresAt DATETIME2(7)  NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_EntryTokens PRIMARY KEY (TenantId, Hash),
    CONSTRAINT FK_EntryTokens_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_EntryTokens_Hash ON EntryTokens (Hash);
CREATE INDEX IX_EntryTokens_Owner ON EntryTokens (TenantId, OwnerId);

-- An address to which anybody who knows it may post JSON of their own form.
CREATE TABLE InboundHooks (
    TenantId        INT            NOT NULL,
    Id              BINARY(16)     NOT NULL,
    Name            NVARCHAR(200)  NOT NULL,
    IsEnabled       BIT            NOT NULL,
    -- Recorded, but it starts nothing.
    IsQuiet         BIT            NOT NULL,
    TokenHint       NVARCHAR(20)   NOT NULL,
    -- How a sender proves who it is, beside knowing the address; the secret is sealed.
    SignatureText   NVARCHAR(1000) NULL,
    SecretBox       VARBINARY(1000) NULL,
    -- What the current mapping is; each one there was is a row of InboundHookMappings.
    MappingVersion  INT            NOT NULL,
    Revision        INT            NOT NULL,
    CreatedAt       DATETIME2(7)   NOT NULL,
    UpdatedAt       DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_InboundHooks PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_InboundHooks_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_InboundHooks_Created ON InboundHooks (TenantId, CreatedAt, Id);

CREATE TABLE InboundHookMappings (
    TenantId    INT           NOT NULL,
    HookId      BINARY(16)    NOT NULL,
    Version     INT           NOT NULL,
    MappingText NVARCHAR(MAX) NOT NULL,
    CreatedAt   DATETIME2(7)  NOT NULL,
    AuthorKind  INT           NOT NULL,
    AuthorId    NVARCHAR(40)  NULL,
    AuthorName  NVARCHAR(200) NOT NULL,
    CONSTRAINT PK_InboundHookMappings PRIMARY KEY (TenantId, HookId, Version),
    CONSTRAINT FK_InboundHookMappings_Hooks FOREIGN KEY (TenantId, HookId) REFERENCES InboundHooks (TenantId, Id) ON DELETE CASCADE
);

-- What came in, of hooks and of storefronts, kept for thirty days. It is committed before anybody is told that it came.
CREATE TABLE HookDeliveries (
    TenantId     INT            NOT NULL,
    Id           BINARY(16)     NOT NULL,
    -- 1 inbound hook, 2 storefront; and which. No key, since there are two tables of them.
    ReceiverKind INT            NOT NULL,
    ReceiverId   BINARY(16)     NOT NULL,
    -- The SHA-256 of what makes it the same as another.
    DedupeKey    BINARY(32)     NOT NULL,
    Topic        NVARCHAR(100)  NULL,
    -- 1 received, 2 applied, 3 refused, 4 ignored, 5 waiting.
    Outcome      INT            NOT NULL,
    -- Null once the customer whom it is about has been purged.
    Body         NVARCHAR(MAX)  NULL,
    BodyBytes    INT            NOT NULL,
    -- Headers that a mapping names: JSON.
    HeadersText  NVARCHAR(MAX)  NULL,
    -- What was written and what was wrong: JSON.
    ResultsText  NVARCHAR(MAX)  NULL,
    ErrorsText   NVARCHAR(MAX)  NULL,
    -- With which mapping.
    MappingVersion INT          NULL,
    Attempts     INT            NOT NULL,
    -- Of one that waits: for what, as order:1042.
    WaitsFor     NVARCHAR(250)  NULL,
    -- Whom it is about, so that it can be forgotten with them.
    SubjectId    BINARY(16)     NULL,
    ReceivedAt   DATETIME2(7)   NOT NULL,
    SettledAt    DATETIME2(7)   NULL,
    CONSTRAINT PK_HookDeliveries PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_HookDeliveries_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_HookDeliveries_Dedupe ON HookDeliveries (TenantId, ReceiverId, DedupeKey);
CREATE INDEX IX_HookDeliveries_Received ON HookDeliveries (TenantId, ReceiverId, ReceivedAt, Id);
CREATE INDEX IX_HookDeliveries_Outcome ON HookDeliveries (TenantId, ReceiverId, Outcome, ReceivedAt, Id);
CREATE INDEX IX_HookDeliveries_Waiting ON HookDeliveries (TenantId, ReceiverId, WaitsFor) WHERE WaitsFor IS NOT NULL;
CREATE INDEX IX_HookDeliveries_Subject ON HookDeliveries (TenantId, SubjectId) WHERE SubjectId IS NOT NULL;
CREATE INDEX IX_HookDeliveries_Age ON HookDeliveries (TenantId, ReceivedAt);
