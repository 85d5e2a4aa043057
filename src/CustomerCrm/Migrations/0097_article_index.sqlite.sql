-- What the search knows of each published text: its terms with how often they stand there ("return:3 refund"), in the title, in the
-- keywords and in the body. English words are stems; of other languages there are the words and their trigrams too.
CREATE TABLE ArticleDocuments (
    TenantId   INT           NOT NULL,
    Number     BIGINT        NOT NULL,
    ArticleId  BINARY(16)    NOT NULL,
    Locale     NVARCHAR(20)  NOT NULL,
    TitleTerms NVARCHAR(MAX) NOT NULL,
    KeyTerms   NVARCHAR(MAX) NOT NULL,
    BodyTerms  NVARCHAR(MAX) NOT NULL,
    -- The words as they are written, each once: what the spelling is learnt from.
    WordsText  NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_ArticleDocuments PRIMARY KEY (TenantId, Number),
    CONSTRAINT UQ_ArticleDocuments_Article UNIQUE (TenantId, ArticleId, Locale),
    CONSTRAINT FK_ArticleDocuments_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- The last number given out, and what the ranking must know of all texts together. Whoever writes the index holds this row.
CREATE TABLE ArticleIndexStates (
    TenantId   INT    NOT NULL,
    LastNumber BIGINT NOT NULL,
    Documents  INT    NOT NULL,
    Terms      BIGINT NOT NULL,
    CONSTRAINT PK_ArticleIndexStates PRIMARY KEY (TenantId),
    CONSTRAINT FK_ArticleIndexStates_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- Kind 1: a term, and in how many texts it stands. Kind 2: a word as it is written, for the spelling. In UTF-8.
CREATE TABLE ArticleWords (
    TenantId INT            NOT NULL,
    Kind     INT            NOT NULL,
    Word     VARBINARY(200) NOT NULL,
    Uses     INT            NOT NULL,
    CONSTRAINT PK_ArticleWords PRIMARY KEY (TenantId, Kind, Word),
    CONSTRAINT FK_ArticleWords_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

CREATE TABLE ArticleWordTrigrams (
    TenantId INT            NOT NULL,
    Trigram  VARBINARY(12)  NOT NULL,
    Word     VARBINARY(200) NOT NULL,
    CONSTRAINT PK_ArticleWordTrigrams PRIMARY KEY (TenantId, Trigram, Word),
    CONSTRAINT FK_ArticleWordTrigrams_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- SQLite's full text index, by rowid: the tenant's number times 2^32, and the number of the text. Each term begins with the tenant's
-- number (17_refund). Stems and trigrams are made before, so that SQL Server finds exactly the same.
CREATE VIRTUAL TABLE ArticleIndex USING fts5 (
    Title, Keywords, Body,
    content = '', detail = 'column',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '_'"
);
INSERT INTO ArticleIndex (ArticleIndex, rank) VALUES ('secure-delete', 1);
