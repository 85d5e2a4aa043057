-- SQLite's full text index, by rowid: the tenant's number times 2^32, and the number of the document. Each word begins with the
-- tenant's number too (17_ada), so that a search walks the words of its own tenant only. Porter's stems are English ones.
CREATE VIRTUAL TABLE SearchIndex USING fts5 (
    Title, Body,
    content = '', columnsize = 0, detail = 'column',
    tokenize = "porter unicode61 remove_diacritics 2 tokenchars '_'"
);
-- What is taken out is overwritten, not only marked.
INSERT INTO SearchIndex (SearchIndex, rank) VALUES ('secure-delete', 1);
