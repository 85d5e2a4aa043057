-- A bot: which version of its flow is written, and which one answers.
CREATE TABLE Bots (
    TenantId         INT            NOT NULL,
    Id               BINARY(16)     NOT NULL,
    Name             NVARCHAR(100)  NOT NULL,
    -- The channels on which it answers: JSON.
    ChannelsText     NVARCHAR(500)  NOT NULL,
    IsEnabled        BIT            NOT NULL,
    LatestVersion    INT            NOT NULL,
    PublishedVersion INT            NULL,
    PublishedAt      DATETIME2(7)   NULL,
    Revision         INT            NOT NULL,
    CreatedAt        DATETIME2(7)   NOT NULL,
    UpdatedAt        DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Bots PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Bots_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Bots_Created ON Bots (TenantId, CreatedAt, Id);

-- What it says and asks, each time that it was written: JSON. Never changed.
CREATE TABLE BotVersions (
    TenantId   INT           NOT NULL,
    BotId      BINARY(16)    NOT NULL,
    Version    INT           NOT NULL,
    FlowText   NVARCHAR(MAX) NOT NULL,
    AuthorKind INT           NOT NULL,
    AuthorId   NVARCHAR(40)  NULL,
    AuthorName NVARCHAR(200) NOT NULL,
    CreatedAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_BotVersions PRIMARY KEY (TenantId, BotId, Version),
    CONSTRAINT FK_BotVersions_Bots FOREIGN KEY (TenantId, BotId) REFERENCES Bots (TenantId, Id) ON DELETE CASCADE
);

-- A bot's talk in a conversation. The bot has no key here: what it did stays when it is gone.
CREATE TABLE BotSessions (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    ConversationId BINARY(16)    NOT NULL,
    BotId          BINARY(16)    NOT NULL,
    Version        INT           NOT NULL,
    -- Where it stands, and what it has learnt: JSON.
    StateText      NVARCHAR(MAX) NOT NULL,
    -- 1 talking, 2 resolved, 3 handed_over, 4 message_taken, 5 taken_over by a person.
    Outcome        INT           NOT NULL,
    -- Why it handed over: asked, not_understood, flow, not_helpful, not_identified, failed.
    Reason         NVARCHAR(50)  NULL,
    -- The first that was recognised.
    Intent         NVARCHAR(50)  NULL,
    Turns          INT           NOT NULL,
    -- What the customer said when asked whether it helped.
    IsHelpful      BIT           NULL,
    -- How often the conversation had been opened again by then.
    ReopenCount    INT           NOT NULL,
    StartedAt      DATETIME2(7)  NOT NULL,
    LastAt         DATETIME2(7)  NOT NULL,
    EndedAt        DATETIME2(7)  NULL,
    CONSTRAINT PK_BotSessions PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_BotSessions_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_BotSessions_Conversation ON BotSessions (TenantId, ConversationId, StartedAt);
CREATE INDEX IX_BotSessions_Bot ON BotSessions (TenantId, BotId, StartedAt, Outcome);

-- A message of a customer's that a bot answered. By its entry, so that it is answered once.
CREATE TABLE BotTurns (
    TenantId       INT            NOT NULL,
    EntryId        BINARY(16)     NOT NULL,
    ConversationId BINARY(16)     NOT NULL,
    SessionId      BINARY(16)     NOT NULL,
    BotId          BINARY(16)     NOT NULL,
    Number         INT            NOT NULL,
    Intent         NVARCHAR(50)   NULL,
    Score          FLOAT          NULL,
    -- Nothing was recognised in it, and what it was: for the list of what a bot should learn.
    IsUnrecognised BIT            NOT NULL,
    Said           NVARCHAR(500)  NULL,
    -- Each decision and why: JSON.
    ExplainedText  NVARCHAR(MAX)  NOT NULL,
    AnsweredAt     DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_BotTurns PRIMARY KEY (TenantId, EntryId),
    CONSTRAINT FK_BotTurns_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_BotTurns_Conversation ON BotTurns (TenantId, ConversationId, Number);
CREATE INDEX IX_BotTurns_Bot ON BotTurns (TenantId, BotId, AnsweredAt, IsUnrecognised);
