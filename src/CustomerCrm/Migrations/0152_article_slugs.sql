-- Names that articles had: addresses with them still lead there. A name that an article has now is none of these.
CREATE TABLE ArticleSlugs (
    TenantId  INT           NOT NULL,
    Slug      NVARCHAR(100) NOT NULL,
    ArticleId BINARY(16)    NOT NULL,
    LeftAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ArticleSlugs PRIMARY KEY (TenantId, Slug),
    CONSTRAINT FK_ArticleSlugs_Articles FOREIGN KEY (TenantId, ArticleId) REFERENCES Articles (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ArticleSlugs_Article ON ArticleSlugs (TenantId, ArticleId);
