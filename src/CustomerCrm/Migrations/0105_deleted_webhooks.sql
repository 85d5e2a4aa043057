-- A deleted webhook is gone for everybody at once; its deliveries are taken away piece by piece.
ALTER TABLE Webhooks ADD DeletedAt DATETIME2(7) NULL;
