-- Those that wait or run by their word, while no job of their tenant is left that could do them. Their jobs may still be replayed.
UPDATE Fits
SET Status = 5, FailureCode = 'given_up', Revision = Revision + 1
WHERE Status IN (1, 2)
  AND NOT EXISTS (SELECT 1 FROM Jobs j WHERE j.TenantId = Fits.TenantId AND j.Kind = 'fit_models' AND j.State IN (0, 1));

UPDATE Backtests
SET Status = 4, FailureCode = 'given_up', Revision = Revision + 1
WHERE Status IN (1, 2)
  AND NOT EXISTS (SELECT 1 FROM Jobs j WHERE j.TenantId = Backtests.TenantId AND j.Kind = 'run_backtest' AND j.State IN (0, 1));
