-- The accounts through which a tenant sends, one for each channel. Settings can be read by the tenant; the secret is sealed and is not.
CREATE TABLE Providers (
    TenantId            INT            NOT NULL,
    Id                  BINARY(16)     NOT NULL,
    -- 1 e-mail, 2 SMS.
    Channel             INT            NOT NULL,
    -- 1 sendgrid, 2 smtp, 3 twilio.
    Kind                INT            NOT NULL,
    FromAddress         NVARCHAR(254)  NULL,
    FromName            NVARCHAR(200)  NULL,
    Host                NVARCHAR(253)  NULL,
    Port                INT            NULL,
    -- 1 STARTTLS, 2 TLS.
    Security            INT            NULL,
    UserName            NVARCHAR(254)  NULL,
    AccountSid          NVARCHAR(34)   NULL,
    MessagingServiceSid NVARCHAR(34)   NULL,
    -- By which the provider's events are checked: SubjectPublicKeyInfo in base64.
    PublicKey           NVARCHAR(500)  NULL,
    -- The provider itself answers STOP, START and HELP.
    AnswersKeywords     BIT            NOT NULL,
    -- JSON: addresses or numbers that tests may go to.
    TestRecipients      NVARCHAR(MAX)  NOT NULL,
    -- Bound to the tenant, the row and the field: worth nothing elsewhere.
    Secret              VARBINARY(MAX) NULL,
    Revision            INT            NOT NULL,
    CreatedAt           DATETIME2(7)   NOT NULL,
    UpdatedAt           DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Providers PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_Providers_Channel UNIQUE (TenantId, Channel),
    CONSTRAINT FK_Providers_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- Messages by which somebody tried an account, and what came of them.
CREATE TABLE ProviderTests (
    TenantId          INT           NOT NULL,
    Id                BINARY(16)    NOT NULL,
    ProviderId        BINARY(16)    NOT NULL,
    Recipient         NVARCHAR(254) NOT NULL,
    -- 1 queued, 2 sending, 3 accepted, 4 refused, 5 not sent, 6 unknown.
    Status            INT           NOT NULL,
    Code              NVARCHAR(100) NULL,
    ProviderMessageId NVARCHAR(100) NULL,
    CreatedAt         DATETIME2(7)  NOT NULL,
    FinishedAt        DATETIME2(7)  NULL,
    CONSTRAINT PK_ProviderTests PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_ProviderTests_Providers FOREIGN KEY (TenantId, ProviderId) REFERENCES Providers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ProviderTests_Provider ON ProviderTests (TenantId, ProviderId, CreatedAt, Id);
