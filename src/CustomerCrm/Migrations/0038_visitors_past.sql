-- What visitors did of whom nobody knows who they are, the oldest first (ids sort by time): it is not kept for ever.
CREATE INDEX IX_TrackedEvents_Nobodys ON TrackedEvents (TenantId, Id) WHERE CustomerId IS NULL;
