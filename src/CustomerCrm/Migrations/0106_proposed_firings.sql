-- What waits for a person, across all rules.
CREATE INDEX IX_AutomationFirings_Proposed ON AutomationFirings (TenantId, FiredAt, Id) WHERE Status = 3;
