-- What is said with one customer, on whichever channel. The user, the team and the channel have no key here: one that is gone is not shown.
CREATE TABLE Conversations (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    CustomerId     BINARY(16)    NOT NULL,
    -- 1 open: the customer waits, 2 waiting: for the customer, 3 closed.
    State          INT           NOT NULL,
    -- Of the customer's last message: InteractionChannel, and which of the tenant's own.
    Channel        INT           NOT NULL,
    ChannelId      BINARY(16)    NULL,
    AssigneeId     BINARY(16)    NULL,
    TeamId         BINARY(16)    NULL,
    Subject        NVARCHAR(500) NULL,
    -- Counts entries: the number of the last one, and of the last one that is a message. Whoever adds one holds this row.
    LastNumber     INT           NOT NULL,
    LastMessage    INT           NOT NULL,
    LastEntryAt    DATETIME2(7)  NOT NULL,
    LastCustomerAt DATETIME2(7)  NULL,
    LastAgentAt    DATETIME2(7)  NULL,
    ClosedAt       DATETIME2(7)  NULL,
    ReopenCount    INT           NOT NULL,
    Revision       INT           NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    UpdatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Conversations PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Conversations_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Conversations_Last ON Conversations (TenantId, LastEntryAt, Id);
CREATE INDEX IX_Conversations_Created ON Conversations (TenantId, CreatedAt, Id);
CREATE INDEX IX_Conversations_State ON Conversations (TenantId, State, LastEntryAt, Id);
CREATE INDEX IX_Conversations_Customer ON Conversations (TenantId, CustomerId, LastEntryAt, Id);
CREATE INDEX IX_Conversations_Assignee ON Conversations (TenantId, AssigneeId, State, LastEntryAt, Id) WHERE AssigneeId IS NOT NULL;
CREATE INDEX IX_Conversations_Team ON Conversations (TenantId, TeamId, State, LastEntryAt, Id) WHERE TeamId IS NOT NULL;

-- A message, a note or something that happened. The text of a message stands in its interaction and nowhere else; the interaction and the
-- message that was sent have no key here, since SQL Server takes only one way of cascading from Customers.
CREATE TABLE ConversationEntries (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    ConversationId BINARY(16)    NOT NULL,
    -- 1, 2, 3 … in the conversation, visible in this order.
    Number         INT           NOT NULL,
    -- 1 message, 2 note, 3 event.
    Kind           INT           NOT NULL,
    -- 1 customer, 2 agent, 3 bot, 4 system.
    Author         INT           NOT NULL,
    -- The user, and what whoever wrote it was called then.
    AuthorId       BINARY(16)    NULL,
    AuthorName     NVARCHAR(200) NULL,
    InteractionId  BINARY(16)    NULL,
    MessageId      BINARY(16)    NULL,
    Channel        INT           NULL,
    ChannelId      BINARY(16)    NULL,
    -- Of a note or an event.
    Body           NVARCHAR(MAX) NULL,
    -- Of an event: assigned, closed …
    What           NVARCHAR(50)  NULL,
    -- The address or name that the customer wrote from.
    FromAddress    NVARCHAR(254) NULL,
    -- Why it stands in this conversation and in no other: Threading, and in words.
    ThreadedBy     INT           NULL,
    ThreadedText   NVARCHAR(500) NULL,
    -- SHA-256 of what it is called where it comes from.
    ExternalKey    BINARY(32)    NULL,
    -- The visitor of a web chat who wrote it, or whom it is for.
    VisitorId      BINARY(16)    NULL,
    IsAutomatic    BIT           NOT NULL,
    -- What whoever carries the tenant's own channel says: 1 pending, 2 sent, 3 delivered, 4 failed.
    Delivery       INT           NULL,
    DeliveryCode   NVARCHAR(100) NULL,
    RedactedAt     DATETIME2(7)  NULL,
    RedactedBy     NVARCHAR(200) NULL,
    OccurredAt     DATETIME2(7)  NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ConversationEntries PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_ConversationEntries_Number UNIQUE (TenantId, ConversationId, Number),
    CONSTRAINT FK_ConversationEntries_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX UQ_ConversationEntries_External ON ConversationEntries (TenantId, ExternalKey) WHERE ExternalKey IS NOT NULL;
CREATE INDEX IX_ConversationEntries_Interaction ON ConversationEntries (TenantId, InteractionId) WHERE InteractionId IS NOT NULL;
CREATE INDEX IX_ConversationEntries_Message ON ConversationEntries (TenantId, MessageId) WHERE MessageId IS NOT NULL;

-- Up to which entry a user has read.
CREATE TABLE ConversationReads (
    TenantId       INT          NOT NULL,
    ConversationId BINARY(16)   NOT NULL,
    UserId         BINARY(16)   NOT NULL,
    Number         INT          NOT NULL,
    ReadAt         DATETIME2(7) NOT NULL,
    CONSTRAINT PK_ConversationReads PRIMARY KEY (TenantId, ConversationId, UserId),
    CONSTRAINT FK_ConversationReads_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);

-- Users who are named in an entry.
CREATE TABLE ConversationMentions (
    TenantId       INT          NOT NULL,
    Id             BINARY(16)   NOT NULL,
    ConversationId BINARY(16)   NOT NULL,
    EntryId        BINARY(16)   NOT NULL,
    UserId         BINARY(16)   NOT NULL,
    SeenAt         DATETIME2(7) NULL,
    CreatedAt      DATETIME2(7) NOT NULL,
    CONSTRAINT PK_ConversationMentions PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_ConversationMentions_User UNIQUE (TenantId, EntryId, UserId),
    CONSTRAINT FK_ConversationMentions_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ConversationMentions_User ON ConversationMentions (TenantId, UserId, CreatedAt, Id);
CREATE INDEX IX_ConversationMentions_Created ON ConversationMentions (TenantId, CreatedAt, Id);
CREATE INDEX IX_ConversationMentions_Conversation ON ConversationMentions (TenantId, ConversationId);

-- Who is writing at this moment: for seconds, seen by every process.
CREATE TABLE ConversationTyping (
    TenantId       INT           NOT NULL,
    ConversationId BINARY(16)    NOT NULL,
    -- The user; of the customer, zeros.
    WriterId       BINARY(16)    NOT NULL,
    Name           NVARCHAR(200) NULL,
    EndsAt         DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ConversationTyping PRIMARY KEY (TenantId, ConversationId, WriterId),
    CONSTRAINT FK_ConversationTyping_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);

-- Visitors of the tenant's pages who chat. The token's text is nowhere.
CREATE TABLE ChatVisitors (
    TenantId       INT            NOT NULL,
    Id             BINARY(16)     NOT NULL,
    ConversationId BINARY(16)     NOT NULL,
    TokenHash      BINARY(32)     NOT NULL,
    -- A program of the tenant's said who it is: they may read the whole conversation.
    IsVerified     BIT            NOT NULL,
    -- The customer that was made for this chat: as long as the conversation is theirs, nobody has said who the visitor is.
    MadeCustomer   BINARY(16)     NULL,
    AnonymousKey   VARBINARY(800) NULL,
    -- What the visitor says of themselves.
    Name           NVARCHAR(200)  NULL,
    Email          NVARCHAR(254)  NULL,
    EmailKey       VARBINARY(1000) NULL,
    PageUrl        NVARCHAR(2000) NULL,
    -- Up to which entry they have read.
    ReadNumber     INT            NOT NULL,
    ExpiresAt      DATETIME2(7)   NOT NULL,
    LastSeenAt     DATETIME2(7)   NOT NULL,
    CreatedAt      DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_ChatVisitors PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_ChatVisitors_Token UNIQUE (TenantId, TokenHash),
    CONSTRAINT FK_ChatVisitors_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ChatVisitors_Conversation ON ChatVisitors (TenantId, ConversationId);
CREATE INDEX IX_ChatVisitors_Anonymous ON ChatVisitors (TenantId, AnonymousKey) WHERE AnonymousKey IS NOT NULL;
CREATE INDEX IX_ChatVisitors_Email ON ChatVisitors (TenantId, EmailKey) WHERE EmailKey IS NOT NULL;
