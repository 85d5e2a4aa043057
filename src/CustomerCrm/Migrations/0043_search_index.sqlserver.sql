-- Where SQLite has its full text index, SQL Server has these rows, with or without its own full text service: each word of each
-- document, found by its beginning. Compared byte by byte, for the words are folded already.
CREATE TABLE SearchPostings (
    TenantId INT          NOT NULL,
    Word     NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    Number   BIGINT       NOT NULL,
    IsTitle  BIT          NOT NULL,
    CONSTRAINT PK_SearchPostings PRIMARY KEY (TenantId, Word, Number, IsTitle),
    CONSTRAINT FK_SearchPostings_SearchDocuments FOREIGN KEY (TenantId, Number) REFERENCES SearchDocuments (TenantId, Number) ON DELETE CASCADE
);
CREATE INDEX IX_SearchPostings_Number ON SearchPostings (TenantId, Number);
