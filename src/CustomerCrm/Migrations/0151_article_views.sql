-- How often an article was read on the help pages: a row for each day; kept for four hundred days. About so often, for no reader is known.
CREATE TABLE ArticleViews (
    TenantId  INT        NOT NULL,
    ArticleId BINARY(16) NOT NULL,
    Day       DATE       NOT NULL,
    Views     INT        NOT NULL,
    CONSTRAINT PK_ArticleViews PRIMARY KEY (TenantId, ArticleId, Day),
    CONSTRAINT FK_ArticleViews_Articles FOREIGN KEY (TenantId, ArticleId) REFERENCES Articles (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ArticleViews_Day ON ArticleViews (TenantId, Day);

-- In all, and of the last thirty days as of the last count.
ALTER TABLE Articles ADD Views INT NOT NULL CONSTRAINT DF_Articles_Views DEFAULT 0;
ALTER TABLE Articles ADD RecentViews INT NOT NULL CONSTRAINT DF_Articles_RecentViews DEFAULT 0;
CREATE INDEX IX_Articles_Views ON Articles (TenantId, Views, Id);
CREATE INDEX IX_Articles_RecentViews ON Articles (TenantId, RecentViews, Id);
