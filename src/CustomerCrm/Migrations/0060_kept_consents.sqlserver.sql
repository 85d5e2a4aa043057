-- The ledger of consents is proof: its rows are not changed, and go only with their customer, who is gone by then.
CREATE TRIGGER TR_ConsentEntries_Kept ON ConsentEntries AFTER UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50001, 'Entries of the ledger of consents do not change.', 1;
    IF EXISTS (SELECT 1 FROM deleted d JOIN Customers c ON c.TenantId = d.TenantId AND c.Id = d.CustomerId)
        THROW 50002, 'Entries of the ledger of consents go only with their customer.', 1;
END;
