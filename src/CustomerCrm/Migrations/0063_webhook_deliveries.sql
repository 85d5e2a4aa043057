-- One event for one webhook. What is sent is read from the event, which is kept for 30 days; of a test it is kept here.
CREATE TABLE WebhookDeliveries (
    TenantId    INT           NOT NULL,
    Id          BINARY(16)    NOT NULL,
    WebhookId   BINARY(16)    NOT NULL,
    EventId     BINARY(16)    NOT NULL,
    -- Null for a test.
    EventSeq    BIGINT        NULL,
    EventType   NVARCHAR(100) NOT NULL,
    TestData    NVARCHAR(MAX) NULL,
    -- 1 pending, 2 delivered, 3 exhausted, 4 held.
    Status      INT           NOT NULL,
    -- Of a pending one, its next attempt.
    DueAt       DATETIME2(7)  NULL,
    -- In all, and of this run of the schedule.
    Attempts    INT           NOT NULL,
    Tries       INT           NOT NULL,
    LastStatus  INT           NULL,
    LastError   NVARCHAR(50)  NULL,
    DeliveredAt DATETIME2(7)  NULL,
    Revision    INT           NOT NULL,
    CreatedAt   DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_WebhookDeliveries PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_WebhookDeliveries_Webhooks FOREIGN KEY (TenantId, WebhookId) REFERENCES Webhooks (TenantId, Id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX UX_WebhookDeliveries_Event ON WebhookDeliveries (TenantId, WebhookId, EventSeq) WHERE EventSeq IS NOT NULL;
CREATE INDEX IX_WebhookDeliveries_Due ON WebhookDeliveries (TenantId, WebhookId, DueAt, EventSeq) WHERE DueAt IS NOT NULL;
CREATE INDEX IX_WebhookDeliveries_Webhook ON WebhookDeliveries (TenantId, WebhookId, Id);
CREATE INDEX IX_WebhookDeliveries_Status ON WebhookDeliveries (TenantId, WebhookId, Status, Id);
CREATE INDEX IX_WebhookDeliveries_Created ON WebhookDeliveries (TenantId, CreatedAt);

CREATE TABLE WebhookAttempts (
    TenantId   INT           NOT NULL,
    DeliveryId BINARY(16)    NOT NULL,
    Number     INT           NOT NULL,
    StartedAt  DATETIME2(7)  NOT NULL,
    DurationMs INT           NOT NULL,
    -- Of the answer; null when there was none.
    Status     INT           NULL,
    Error      NVARCHAR(50)  NULL,
    -- The first bytes of the answer.
    Answer     NVARCHAR(600) NULL,
    TraceId    NVARCHAR(32)  NULL,
    CONSTRAINT PK_WebhookAttempts PRIMARY KEY (TenantId, DeliveryId, Number),
    CONSTRAINT FK_WebhookAttempts_WebhookDeliveries FOREIGN KEY (TenantId, DeliveryId) REFERENCES WebhookDeliveries (TenantId, Id) ON DELETE CASCADE
);

-- A stretch of the feed that is sent once more, piece by piece.
CREATE TABLE WebhookReplays (
    TenantId   INT            NOT NULL,
    Id         BINARY(16)     NOT NULL,
    WebhookId  BINARY(16)     NOT NULL,
    FromAt     DATETIME2(7)   NULL,
    ToAt       DATETIME2(7)   NULL,
    -- Separated by spaces; empty for all that the webhook hears.
    Types      NVARCHAR(4000) NOT NULL,
    EventIds   NVARCHAR(4000) NOT NULL,
    Statuses   NVARCHAR(100)  NOT NULL,
    -- 1 running, 2 finished, 3 stopped.
    Status     INT            NOT NULL,
    FirstSeq   BIGINT         NOT NULL,
    NextSeq    BIGINT         NOT NULL,
    LastSeq    BIGINT         NOT NULL,
    Found      INT            NOT NULL,
    Revision   INT            NOT NULL,
    CreatedAt  DATETIME2(7)   NOT NULL,
    FinishedAt DATETIME2(7)   NULL,
    CONSTRAINT PK_WebhookReplays PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_WebhookReplays_Webhooks FOREIGN KEY (TenantId, WebhookId) REFERENCES Webhooks (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_WebhookReplays_Webhook ON WebhookReplays (TenantId, WebhookId, Id);
