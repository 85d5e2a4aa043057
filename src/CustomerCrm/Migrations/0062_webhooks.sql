-- Endpoints of others that are told of events. URL and secrets are sealed, for both let whoever has them in; Url is what is shown of it.
CREATE TABLE Webhooks (
    TenantId           INT            NOT NULL,
    Id                 BINARY(16)     NOT NULL,
    -- 1 endpoint, 2 subscription: made and removed by a platform like Zapier.
    Kind               INT            NOT NULL,
    UrlSealed          VARBINARY(MAX) NOT NULL,
    Url                NVARCHAR(2048) NOT NULL,
    Description        NVARCHAR(500)  NULL,
    -- Names of events and wildcards, separated by spaces.
    Filters            NVARCHAR(4000) NOT NULL,
    -- 1 full, 2 thin.
    Payload            INT            NOT NULL,
    -- 1 enabled, 2 disabled.
    Status             INT            NOT NULL,
    -- 1 by_request, 2 gone, 3 failing.
    DisabledReason     INT            NULL,
    DisabledAt         DATETIME2(7)   NULL,
    SecretSealed       VARBINARY(MAX) NOT NULL,
    FormerSecretSealed VARBINARY(MAX) NULL,
    FormerSecretEndsAt DATETIME2(7)   NULL,
    -- Events up to this number happened before it was there.
    AfterSeq           BIGINT         NOT NULL,
    -- When the owners were last written to about deliveries that were given up.
    ToldAt             DATETIME2(7)   NULL,
    Revision           INT            NOT NULL,
    CreatedAt          DATETIME2(7)   NOT NULL,
    UpdatedAt          DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Webhooks PRIMARY KEY (TenantId, Id)
);
CREATE INDEX IX_Webhooks_Created ON Webhooks (TenantId, CreatedAt, Id);

-- What the sender knows of an endpoint. One process at a time serves it and shows the number it got.
CREATE TABLE WebhookQueues (
    TenantId     INT           NOT NULL,
    WebhookId    BINARY(16)    NOT NULL,
    -- When somebody may take it: when its next delivery is due, or the end of the lease while somebody has it; null while nothing waits.
    DueAt        DATETIME2(7)  NULL,
    Owner        NVARCHAR(100) NULL,
    Fence        INT           NOT NULL,
    -- Goes up with everything that is added, so that whoever gives it back notices.
    Bell         INT           NOT NULL,
    -- Attempts that failed in a row, and since when.
    Failures     INT           NOT NULL,
    FailingSince DATETIME2(7)  NULL,
    -- It failed often, or asked for a pause.
    NotBefore    DATETIME2(7)  NULL,
    CONSTRAINT PK_WebhookQueues PRIMARY KEY (TenantId, WebhookId),
    CONSTRAINT FK_WebhookQueues_Webhooks FOREIGN KEY (TenantId, WebhookId) REFERENCES Webhooks (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_WebhookQueues_Due ON WebhookQueues (DueAt) WHERE DueAt IS NOT NULL;
