-- Which scores are of a run, so that an old run can be forgotten without a look at everyone's.
CREATE INDEX IX_CustomerScores_Fit ON CustomerScores (TenantId, FitId, CustomerId);
