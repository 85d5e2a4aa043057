-- Files of messages and notes. The file itself is in the file store, under the attachment's id.
CREATE TABLE Attachments (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    -- Null until it is part of an entry; what never is, is forgotten.
    ConversationId BINARY(16)    NULL,
    EntryId        BINARY(16)    NULL,
    FileName       NVARCHAR(200) NOT NULL,
    -- By what the file holds, not by what it is called.
    MediaType      NVARCHAR(100) NOT NULL,
    Bytes          BIGINT        NOT NULL,
    Sha256         BINARY(32)    NOT NULL,
    -- The visitor of a web chat who sent it, and who alone may use it.
    VisitorId      BINARY(16)    NULL,
    -- Its entry was redacted: the file is gone.
    ErasedAt       DATETIME2(7)  NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Attachments PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Attachments_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId),
    CONSTRAINT FK_Attachments_Conversations FOREIGN KEY (TenantId, ConversationId) REFERENCES Conversations (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Attachments_Entry ON Attachments (TenantId, EntryId) WHERE EntryId IS NOT NULL;
CREATE INDEX IX_Attachments_Conversation ON Attachments (TenantId, ConversationId) WHERE ConversationId IS NOT NULL;
CREATE INDEX IX_Attachments_Unused ON Attachments (TenantId, CreatedAt, Id) WHERE EntryId IS NULL;

-- Which files there are in the store, whose conversations are, or were before they went into the bin. No keys: a file outlives its row until
-- the bin is emptied, and then this says what is to be deleted.
CREATE TABLE AttachmentFiles (
    TenantId     INT        NOT NULL,
    AttachmentId BINARY(16) NOT NULL,
    CustomerKey  BINARY(16) NULL,
    CONSTRAINT PK_AttachmentFiles PRIMARY KEY (TenantId, AttachmentId)
);
CREATE INDEX IX_AttachmentFiles_Customer ON AttachmentFiles (TenantId, CustomerKey) WHERE CustomerKey IS NOT NULL;

-- Files that go along with an e-mail: JSON, of what each is called, of which type it is and where it is kept.
ALTER TABLE MessageContents ADD FilesText NVARCHAR(MAX) NULL;
