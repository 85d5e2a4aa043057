-- What was sent to customers, is to be sent, or was not to be sent.
CREATE TABLE Messages (
    TenantId          INT           NOT NULL,
    Id                BINARY(16)    NOT NULL,
    -- Null: to an address that is nobody's.
    CustomerId        BINARY(16)    NULL,
    -- 1 e-mail, 2 SMS.
    Channel           INT           NOT NULL,
    -- 1 transactional, 2 service, 3 marketing.
    Purpose           INT           NOT NULL,
    -- '': none.
    Topic             NVARCHAR(100) NOT NULL,
    -- An e-mail address, or a number in E.164; '' where the customer has none.
    Recipient         NVARCHAR(254) NOT NULL,
    -- MessageState.
    State             INT           NOT NULL,
    -- Why it stands where it stands, where that is not plain.
    Code              NVARCHAR(100) NULL,
    ReasonKind        NVARCHAR(50)  NOT NULL,
    ReasonId          NVARCHAR(200) NULL,
    ReasonText        NVARCHAR(500) NULL,
    TemplateId        BINARY(16)    NULL,
    TemplateVersionId BINARY(16)    NULL,
    -- SHA-256 of the caller's own key.
    DedupeHash        BINARY(32)    NULL,
    -- What lists show of it; gone with the content.
    Title             NVARCHAR(300) NULL,
    ContentErasedAt   DATETIME2(7)  NULL,
    Provider          NVARCHAR(50)  NULL,
    ProviderMessageId NVARCHAR(200) NULL,
    -- When it counts for caps and gaps: when it is to leave, and then when it left.
    CountsAt          DATETIME2(7)  NOT NULL,
    -- Not before then.
    DueAt             DATETIME2(7)  NOT NULL,
    SentAt            DATETIME2(7)  NULL,
    -- JSON: what the policy said at the door, and what it said last at the moment of sending.
    DecisionText      NVARCHAR(MAX) NOT NULL,
    SendDecisionText  NVARCHAR(MAX) NULL,
    Revision          INT           NOT NULL,
    CreatedAt         DATETIME2(7)  NOT NULL,
    UpdatedAt         DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Messages PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Messages_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId),
    CONSTRAINT FK_Messages_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_Messages_TemplateVersions FOREIGN KEY (TenantId, TemplateVersionId) REFERENCES TemplateVersions (TenantId, Id)
);
CREATE INDEX IX_Messages_Created ON Messages (TenantId, CreatedAt, Id);
CREATE INDEX IX_Messages_Customer ON Messages (TenantId, CustomerId, CreatedAt, Id);
CREATE INDEX IX_Messages_Counted ON Messages (TenantId, CustomerId, CountsAt, State, Purpose);
-- 1 queued, 2 deferred, 3 sending: those that a job has to look at again.
CREATE INDEX IX_Messages_Open ON Messages (TenantId, DueAt, Id) WHERE State IN (1, 2, 3);
CREATE UNIQUE INDEX UQ_Messages_Dedupe ON Messages (TenantId, DedupeHash) WHERE DedupeHash IS NOT NULL;
CREATE INDEX IX_Messages_Provider ON Messages (TenantId, ProviderMessageId) WHERE ProviderMessageId IS NOT NULL;
CREATE INDEX IX_Messages_Version ON Messages (TenantId, TemplateVersionId) WHERE TemplateVersionId IS NOT NULL;

-- As it was written to the customer. Can be erased without the message.
CREATE TABLE MessageContents (
    TenantId    INT           NOT NULL,
    MessageId   BINARY(16)    NOT NULL,
    Subject     NVARCHAR(500) NULL,
    Html        NVARCHAR(MAX) NULL,
    Text        NVARCHAR(MAX) NULL,
    Sms         NVARCHAR(MAX) NULL,
    -- JSON: more headers of an e-mail.
    HeadersText NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_MessageContents PRIMARY KEY (TenantId, MessageId),
    CONSTRAINT FK_MessageContents_Messages FOREIGN KEY (TenantId, MessageId) REFERENCES Messages (TenantId, Id) ON DELETE CASCADE
);

-- Written and committed before the provider is called. One without a result has an unknown outcome.
CREATE TABLE MessageAttempts (
    TenantId   INT           NOT NULL,
    MessageId  BINARY(16)    NOT NULL,
    Number     INT           NOT NULL,
    Provider   NVARCHAR(50)  NOT NULL,
    -- The tenant's day whose budget it was taken from.
    Day        DATE          NOT NULL,
    StartedAt  DATETIME2(7)  NOT NULL,
    FinishedAt DATETIME2(7)  NULL,
    -- 1 accepted, 2 not sent, 3 refused, 4 unknown.
    Result     INT           NULL,
    Code       NVARCHAR(100) NULL,
    CONSTRAINT PK_MessageAttempts PRIMARY KEY (TenantId, MessageId, Number),
    CONSTRAINT FK_MessageAttempts_Messages FOREIGN KEY (TenantId, MessageId) REFERENCES Messages (TenantId, Id) ON DELETE CASCADE
);

-- What the provider said afterwards, each thing once.
CREATE TABLE MessageReports (
    TenantId    INT           NOT NULL,
    Id          BINARY(16)    NOT NULL,
    MessageId   BINARY(16)    NOT NULL,
    -- MessageReportKind.
    Kind        INT           NOT NULL,
    IsPermanent BIT           NOT NULL,
    Code        NVARCHAR(100) NULL,
    OccurredAt  DATETIME2(7)  NOT NULL,
    ReceivedAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_MessageReports PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_MessageReports_Once UNIQUE (TenantId, MessageId, Kind, OccurredAt),
    CONSTRAINT FK_MessageReports_Messages FOREIGN KEY (TenantId, MessageId) REFERENCES Messages (TenantId, Id) ON DELETE CASCADE
);
