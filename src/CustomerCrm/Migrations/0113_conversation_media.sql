-- Files of messages that are kept at a provider until they are fetched: the pictures of a multimedia message.
CREATE TABLE ConversationMedia (
    TenantId       INT            NOT NULL,
    ConversationId BINARY(16)     NOT NULL,
    EntryId        BINARY(16)     NOT NULL,
    -- 1, 2, 3 … of its entry.
    Position       INT            NOT NULL,
    Url            NVARCHAR(2048) NOT NULL,
    MediaType      NVARCHAR(100)  NULL,
    -- 1 it is to be fetched, 2 it is an attachment, 3 it cannot be fetched.
    State          INT            NOT NULL,
    Attempts       INT            NOT NULL,
    -- Why the last attempt did not succeed.
    Reason         NVARCHAR(100)  NULL,
    UpdatedAt      DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_ConversationMedia PRIMARY KEY (TenantId, EntryId, Position),
    CONSTRAINT FK_ConversationMedia_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ConversationMedia_Conversation ON ConversationMedia (TenantId, ConversationId);
