-- What the search knows of each record: kept behind the writes by the event feed, and by nothing else.
CREATE TABLE SearchDocuments (
    TenantId        INT           NOT NULL,
    -- Counted by SearchStates; with the tenant it is the row's number in the full text index.
    Number          BIGINT        NOT NULL,
    -- 1 customer, 2 interaction.
    Kind            INT           NOT NULL,
    RecordKey       BINARY(16)    NOT NULL,
    -- Whose it is, so that all of a customer can be forgotten at once. No foreign key: the index must be emptied with the row.
    CustomerKey     BINARY(16)    NULL,
    -- The words that stand in the index, folded, each once: what must be taken out of it again. First names and subjects, then the rest.
    TitleWords      NVARCHAR(MAX) NOT NULL,
    BodyWords       NVARCHAR(MAX) NOT NULL,
    -- Of the record, when it was read.
    SourceUpdatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SearchDocuments PRIMARY KEY (TenantId, Number),
    CONSTRAINT UQ_SearchDocuments_Record UNIQUE (TenantId, Kind, RecordKey),
    CONSTRAINT FK_SearchDocuments_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_SearchDocuments_Customer ON SearchDocuments (TenantId, CustomerKey);

-- The last number given out. Whoever writes the index holds this row, so that its writers take turns.
CREATE TABLE SearchStates (
    TenantId   INT    NOT NULL,
    LastNumber BIGINT NOT NULL,
    CONSTRAINT PK_SearchStates PRIMARY KEY (TenantId),
    CONSTRAINT FK_SearchStates_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- The tenant's words, in UTF-8, with the number of documents that have each: what a mistyped word can have meant.
CREATE TABLE SearchWords (
    TenantId INT            NOT NULL,
    Word     VARBINARY(160) NOT NULL,
    Uses     INT            NOT NULL,
    CONSTRAINT PK_SearchWords PRIMARY KEY (TenantId, Word),
    CONSTRAINT FK_SearchWords_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- Which words hold three letters in a row, with a mark before the first and behind the last.
CREATE TABLE SearchTrigrams (
    TenantId INT            NOT NULL,
    Trigram  VARBINARY(12)  NOT NULL,
    Word     VARBINARY(160) NOT NULL,
    CONSTRAINT PK_SearchTrigrams PRIMARY KEY (TenantId, Trigram, Word),
    CONSTRAINT FK_SearchTrigrams_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
