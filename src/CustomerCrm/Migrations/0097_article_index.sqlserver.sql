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

-- Where SQLite has its full text index, SQL Server has these rows: each term of each text. Compared byte by byte.
CREATE TABLE ArticlePostings (
    TenantId INT          NOT NULL,
    Term     NVARCHAR(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
    Number   BIGINT       NOT NULL,
    Field    INT          NOT NULL,
    CONSTRAINT PK_ArticlePostings PRIMARY KEY (TenantId, Term, Number, Field),
    CONSTRAINT FK_ArticlePostings_ArticleDocuments FOREIGN KEY (TenantId, Number) REFERENCES ArticleDocuments (TenantId, Number) ON DELETE CASCADE
);
CREATE INDEX IX_ArticlePostings_Number ON ArticlePostings (TenantId, Number);
