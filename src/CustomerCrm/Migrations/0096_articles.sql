-- Where articles stand: a tree. Names are small, and read whole with it: JSON by locale.
CREATE TABLE ArticleCategories (
    TenantId   INT            NOT NULL,
    Id         BINARY(16)     NOT NULL,
    ParentId   BINARY(16)     NULL,
    Slug       NVARCHAR(100)  NOT NULL,
    NamesText  NVARCHAR(MAX)  NOT NULL,
    Position   INT            NOT NULL,
    Revision   INT            NOT NULL,
    CreatedAt  DATETIME2(7)   NOT NULL,
    UpdatedAt  DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_ArticleCategories PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_ArticleCategories_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId),
    CONSTRAINT FK_ArticleCategories_Parents FOREIGN KEY (TenantId, ParentId) REFERENCES ArticleCategories (TenantId, Id)
);
CREATE UNIQUE INDEX UX_ArticleCategories_Slug ON ArticleCategories (TenantId, Slug);
CREATE INDEX IX_ArticleCategories_Parent ON ArticleCategories (TenantId, ParentId);
CREATE INDEX IX_ArticleCategories_Created ON ArticleCategories (TenantId, CreatedAt, Id);

CREATE TABLE Articles (
    TenantId     INT           NOT NULL,
    Id           BINARY(16)    NOT NULL,
    CategoryId   BINARY(16)    NULL,
    Slug         NVARCHAR(100) NOT NULL,
    -- Whose text stands for a language that the article is not written in.
    Locale       NVARCHAR(20)  NOT NULL,
    -- 1 public, 2 customers_only, 3 internal.
    Visibility   INT           NOT NULL,
    Position     INT           NOT NULL,
    -- JSON: words that it is to be found by, pages (with a * for anything) and products that it is suggested for.
    KeywordsText NVARCHAR(MAX) NOT NULL,
    PagesText    NVARCHAR(MAX) NOT NULL,
    ProductsText NVARCHAR(MAX) NOT NULL,
    -- Kept with each vote, in its transaction.
    HelpfulCount   INT         NOT NULL,
    UnhelpfulCount INT         NOT NULL,
    Revision     INT           NOT NULL,
    CreatedAt    DATETIME2(7)  NOT NULL,
    UpdatedAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Articles PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Articles_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId),
    CONSTRAINT FK_Articles_Categories FOREIGN KEY (TenantId, CategoryId) REFERENCES ArticleCategories (TenantId, Id)
);
CREATE UNIQUE INDEX UX_Articles_Slug ON Articles (TenantId, Slug);
CREATE INDEX IX_Articles_Category ON Articles (TenantId, CategoryId, Position, Id);
CREATE INDEX IX_Articles_Created ON Articles (TenantId, CreatedAt, Id);
CREATE INDEX IX_Articles_Updated ON Articles (TenantId, UpdatedAt, Id);

-- An article in one language: where its latest version is on the way to the reader, and which one readers see.
CREATE TABLE ArticleTranslations (
    TenantId         INT            NOT NULL,
    ArticleId        BINARY(16)     NOT NULL,
    Locale           NVARCHAR(20)   NOT NULL,
    -- Of the latest version: 1 draft, 2 in_review, 3 approved, 4 published.
    State            INT            NOT NULL,
    LatestVersion    INT            NOT NULL,
    PublishedVersion INT            NULL,
    PublishedAt      DATETIME2(7)   NULL,
    -- What was last said of it in review, and by whom: as the API writes actors.
    ReviewNote       NVARCHAR(1000) NULL,
    ReviewerKind     INT            NULL,
    ReviewerId       NVARCHAR(40)   NULL,
    ReviewerName     NVARCHAR(200)  NULL,
    Revision         INT            NOT NULL,
    CreatedAt        DATETIME2(7)   NOT NULL,
    UpdatedAt        DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_ArticleTranslations PRIMARY KEY (TenantId, ArticleId, Locale),
    CONSTRAINT FK_ArticleTranslations_Articles FOREIGN KEY (TenantId, ArticleId) REFERENCES Articles (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ArticleTranslations_State ON ArticleTranslations (TenantId, State, UpdatedAt);

-- What was written, each time that it changed. Never changed.
CREATE TABLE ArticleVersions (
    TenantId     INT            NOT NULL,
    ArticleId    BINARY(16)     NOT NULL,
    Locale       NVARCHAR(20)   NOT NULL,
    Version      INT            NOT NULL,
    Title        NVARCHAR(200)  NOT NULL,
    Summary      NVARCHAR(500)  NULL,
    -- Markdown.
    Body         NVARCHAR(MAX)  NOT NULL,
    -- Of one that brings back what was written before: which.
    RestoredFrom INT            NULL,
    AuthorKind   INT            NOT NULL,
    AuthorId     NVARCHAR(40)   NULL,
    AuthorName   NVARCHAR(200)  NOT NULL,
    CreatedAt    DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_ArticleVersions PRIMARY KEY (TenantId, ArticleId, Locale, Version),
    CONSTRAINT FK_ArticleVersions_Translations FOREIGN KEY (TenantId, ArticleId, Locale) REFERENCES ArticleTranslations (TenantId, ArticleId, Locale) ON DELETE CASCADE
);

-- Whether it was helpful: one row for each visitor, who is known by a hash alone.
CREATE TABLE ArticleVotes (
    TenantId  INT            NOT NULL,
    ArticleId BINARY(16)     NOT NULL,
    Visitor   BINARY(32)     NOT NULL,
    Locale    NVARCHAR(20)   NOT NULL,
    IsHelpful BIT            NOT NULL,
    Remark    NVARCHAR(1000) NULL,
    VotedAt   DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_ArticleVotes PRIMARY KEY (TenantId, ArticleId, Visitor),
    CONSTRAINT FK_ArticleVotes_Articles FOREIGN KEY (TenantId, ArticleId) REFERENCES Articles (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ArticleVotes_Voted ON ArticleVotes (TenantId, VotedAt);

-- What was searched for, a row for each day, text and place; kept for four hundred days.
CREATE TABLE ArticleSearches (
    TenantId INT           NOT NULL,
    Day      DATE          NOT NULL,
    -- Of the text as it is kept, with its language.
    TextKey  BINARY(32)    NOT NULL,
    -- 1 help page, 2 contact form, 3 agent, 4 bot.
    Source   INT           NOT NULL,
    -- In lower case; words that look like an address or a number are left out.
    Text     NVARCHAR(200) NOT NULL,
    Locale   NVARCHAR(20)  NOT NULL,
    Searches INT           NOT NULL,
    -- How many of them found nothing.
    Empty    INT           NOT NULL,
    LastAt   DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ArticleSearches PRIMARY KEY (TenantId, Day, TextKey, Source),
    CONSTRAINT FK_ArticleSearches_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- How the tenant's articles are searched and published.
CREATE TABLE ArticleSettings (
    TenantId       INT           NOT NULL,
    -- JSON: sets of words that mean the same.
    SynonymsText   NVARCHAR(MAX) NOT NULL,
    RequiresReview BIT           NOT NULL,
    Revision       INT           NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    UpdatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ArticleSettings PRIMARY KEY (TenantId),
    CONSTRAINT FK_ArticleSettings_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- The public pages. Their name in addresses is also a row of EntryTokens, which leads from outside to the tenant.
CREATE TABLE HelpCenters (
    TenantId     INT            NOT NULL,
    Id           BINARY(16)     NOT NULL,
    Slug         NVARCHAR(60)   NULL,
    Title        NVARCHAR(200)  NULL,
    Intro        NVARCHAR(1000) NULL,
    TakesContact BIT            NOT NULL,
    Revision     INT            NOT NULL,
    CreatedAt    DATETIME2(7)   NOT NULL,
    UpdatedAt    DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_HelpCenters PRIMARY KEY (TenantId),
    CONSTRAINT FK_HelpCenters_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- Each time that somebody began to write in the contact form: what was suggested, and whether it was sent all the same.
CREATE TABLE HelpContacts (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    Locale         NVARCHAR(20)  NOT NULL,
    -- Articles: JSON.
    SuggestedText  NVARCHAR(MAX) NOT NULL,
    SuggestedCount INT           NOT NULL,
    -- 1 asked, 2 answered (the visitor said so), 3 sent.
    State          INT           NOT NULL,
    -- Of the sender's network address and of the e-mail address: hashes, for the limits.
    AddressHash    BINARY(32)    NOT NULL,
    SenderHash     BINARY(32)    NULL,
    ConversationId BINARY(16)    NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    SettledAt      DATETIME2(7)  NULL,
    CONSTRAINT PK_HelpContacts PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_HelpContacts_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_HelpContacts_Created ON HelpContacts (TenantId, CreatedAt, State);
CREATE INDEX IX_HelpContacts_Address ON HelpContacts (TenantId, AddressHash, CreatedAt);
CREATE INDEX IX_HelpContacts_Sender ON HelpContacts (TenantId, SenderHash, CreatedAt) WHERE SenderHash IS NOT NULL;
