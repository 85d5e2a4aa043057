-- Every index of a table is a tree that each new row is put into and each commit writes a page of. SQL Server keeps both: its own are cheap beside its log.

-- The night's clearing goes by the order in which rows came, which SQLite keeps by itself.
DROP INDEX IX_IdempotencyRecords_Created;

-- One tree for both questions: whose they are, and which is the one primary of its kind.
DROP INDEX IX_Identities_Customer;
DROP INDEX UQ_Identities_Primary;
CREATE UNIQUE INDEX UQ_Identities_Primary ON Identities (TenantId, CustomerId, Kind, CASE WHEN IsPrimary = 1 THEN 0 ELSE Id END);
