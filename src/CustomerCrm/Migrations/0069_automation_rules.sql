-- When something happens, and it is so, then do this.
CREATE TABLE AutomationRules (
    TenantId       INT            NOT NULL,
    Id             BINARY(16)     NOT NULL,
    Name           NVARCHAR(200)  NOT NULL,
    Description    NVARCHAR(1000) NULL,
    -- Rules that answer the same event do so in this order.
    Position       INT            NOT NULL,
    IsEnabled      BIT            NOT NULL,
    -- Since when it has stopped itself; it goes on when somebody enables it.
    PausedAt       DATETIME2(7)   NULL,
    PausedReason   NVARCHAR(50)   NULL,
    -- It answers events behind this one in the feed: what happened before it was there is not its business.
    SinceSeq       BIGINT         NOT NULL,
    -- Each definition there was is a row of AutomationRuleVersions.
    Version        INT            NOT NULL,
    Revision       INT            NOT NULL,
    CreatedAt      DATETIME2(7)   NOT NULL,
    UpdatedAt      DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_AutomationRules PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_AutomationRules_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_AutomationRules_Position ON AutomationRules (TenantId, Position, Id);
CREATE INDEX IX_AutomationRules_Created ON AutomationRules (TenantId, CreatedAt, Id);

CREATE TABLE AutomationRuleVersions (
    TenantId       INT           NOT NULL,
    RuleId         BINARY(16)    NOT NULL,
    Version        INT           NOT NULL,
    DefinitionText NVARCHAR(MAX) NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    AuthorKind     INT           NOT NULL,
    AuthorId       NVARCHAR(40)  NULL,
    AuthorName     NVARCHAR(200) NOT NULL,
    CONSTRAINT PK_AutomationRuleVersions PRIMARY KEY (TenantId, RuleId, Version),
    CONSTRAINT FK_AutomationRuleVersions_Rules FOREIGN KEY (TenantId, RuleId) REFERENCES AutomationRules (TenantId, Id) ON DELETE CASCADE
);

-- Each time a rule fired, or would have and was kept from it; with what it saw and what it did.
CREATE TABLE AutomationFirings (
    TenantId      INT            NOT NULL,
    Id            BINARY(16)     NOT NULL,
    RuleId        BINARY(16)     NOT NULL,
    RuleVersion   INT            NOT NULL,
    EventId       BINARY(16)     NOT NULL,
    EventType     NVARCHAR(100)  NOT NULL,
    EventAt       DATETIME2(7)   NOT NULL,
    EventText     NVARCHAR(MAX)  NOT NULL,
    CustomerId    BINARY(16)     NULL,
    -- 1 queued, 2 waiting, 3 proposed, 4 done, 5 failed, 6 refused, 7 lapsed, 8 declined.
    Status        INT            NOT NULL,
    -- Why it was refused: cooldown, storm, own_effect, too_deep, rule_disabled.
    Reason        NVARCHAR(50)   NULL,
    ConditionText NVARCHAR(MAX)  NULL,
    ResultsText   NVARCHAR(MAX)  NULL,
    -- How many rules stand before it in the chain of what made what.
    Depth         INT            NOT NULL,
    CauseId       NVARCHAR(40)   NULL,
    -- Of one that waited for somebody: who decided, as they were called then.
    DeciderKind   INT            NULL,
    DeciderId     NVARCHAR(40)   NULL,
    DeciderName   NVARCHAR(200)  NULL,
    FiredAt       DATETIME2(7)   NOT NULL,
    RunAt         DATETIME2(7)   NULL,
    SettledAt     DATETIME2(7)   NULL,
    CONSTRAINT PK_AutomationFirings PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_AutomationFirings_Rules FOREIGN KEY (TenantId, RuleId) REFERENCES AutomationRules (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_AutomationFirings_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX UX_AutomationFirings_Event ON AutomationFirings (TenantId, RuleId, EventId);
CREATE INDEX IX_AutomationFirings_Fired ON AutomationFirings (TenantId, RuleId, FiredAt, Id);
CREATE INDEX IX_AutomationFirings_Status ON AutomationFirings (TenantId, RuleId, Status, FiredAt, Id);
CREATE INDEX IX_AutomationFirings_Customer ON AutomationFirings (TenantId, CustomerId, RuleId, FiredAt) WHERE CustomerId IS NOT NULL;
CREATE INDEX IX_AutomationFirings_Age ON AutomationFirings (TenantId, FiredAt);
