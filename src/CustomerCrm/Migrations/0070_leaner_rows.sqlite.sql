-- Tables of which a row is little more than its key, kept in the order of the key, as SQL Server does with all: one tree less to write.
CREATE TABLE LeanerWords (
    TenantId   INT            NOT NULL,
    Word       VARBINARY(200) NOT NULL,
    CustomerId BINARY(16)     NOT NULL,
    CONSTRAINT PK_CustomerWords PRIMARY KEY (TenantId, Word, CustomerId),
    CONSTRAINT FK_CustomerWords_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO LeanerWords (TenantId, Word, CustomerId)
SELECT TenantId, Word, CustomerId
FROM CustomerWords
ORDER BY TenantId, Word, CustomerId;
DROP TABLE CustomerWords;
ALTER TABLE LeanerWords RENAME TO CustomerWords;
CREATE INDEX IX_CustomerWords_Customer ON CustomerWords (TenantId, CustomerId, Word);

CREATE TABLE LeanerRows (
    TenantId    INT           NOT NULL,
    ImportId    BINARY(16)    NOT NULL,
    Phase       INT           NOT NULL,
    Number      INT           NOT NULL,
    Line        INT           NOT NULL,
    Outcome     INT           NOT NULL,
    Reason      NVARCHAR(50)  NULL,
    ResourceId  BINARY(16)    NULL,
    ChangesText NVARCHAR      NULL,
    WrittenAt   DATETIME2(7)  NULL,
    UndoneAs    INT           NULL,
    CONSTRAINT PK_ImportRows PRIMARY KEY (TenantId, ImportId, Phase, Number),
    CONSTRAINT FK_ImportRows_Imports FOREIGN KEY (TenantId, ImportId) REFERENCES Imports (TenantId, Id)
) WITHOUT ROWID;
INSERT INTO LeanerRows (TenantId, ImportId, Phase, Number, Line, Outcome, Reason, ResourceId, ChangesText, WrittenAt, UndoneAs)
SELECT TenantId, ImportId, Phase, Number, Line, Outcome, Reason, ResourceId, ChangesText, WrittenAt, UndoneAs
FROM ImportRows
ORDER BY TenantId, ImportId, Phase, Number;
DROP TABLE ImportRows;
ALTER TABLE LeanerRows RENAME TO ImportRows;
CREATE INDEX IX_ImportRows_Outcome ON ImportRows (TenantId, ImportId, Phase, Outcome, Number);
