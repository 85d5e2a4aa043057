-- Runs and looks back whose job was given up say so: Fits.Status 5, Backtests.Status 4, and why.
ALTER TABLE Fits ADD FailureCode NVARCHAR(200) NULL;
ALTER TABLE Backtests ADD FailureCode NVARCHAR(200) NULL;
