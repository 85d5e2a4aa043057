-- The ledger is added to and never changed.
CREATE TRIGGER TR_SlaEntries_Kept BEFORE UPDATE ON SlaEntries
BEGIN
    SELECT RAISE(ABORT, 'The ledger of promises is added to and never changed.');
END;
