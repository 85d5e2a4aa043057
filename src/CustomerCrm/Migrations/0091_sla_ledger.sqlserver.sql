-- The ledger is added to and never changed.
CREATE TRIGGER TR_SlaEntries_Kept ON SlaEntries AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50003, 'The ledger of promises is added to and never changed.', 1;
END;
