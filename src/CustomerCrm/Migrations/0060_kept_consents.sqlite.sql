-- The ledger of consents is proof: its rows are not changed, and go only with their customer, who is gone by then.
CREATE TRIGGER TR_ConsentEntries_Same BEFORE UPDATE ON ConsentEntries
BEGIN
    SELECT RAISE(ABORT, 'Entries of the ledger of consents do not change.');
END;
CREATE TRIGGER TR_ConsentEntries_Kept BEFORE DELETE ON ConsentEntries
WHEN EXISTS (SELECT 1 FROM Customers c WHERE c.TenantId = OLD.TenantId AND c.Id = OLD.CustomerId)
BEGIN
    SELECT RAISE(ABORT, 'Entries of the ledger of consents go only with their customer.');
END;
