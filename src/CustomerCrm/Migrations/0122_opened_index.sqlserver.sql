-- With the hour of the week, so that volume by it is one stretch of an index.
DROP INDEX IX_ServiceTickets_Opened ON ServiceTickets;
CREATE INDEX IX_ServiceTickets_Opened ON ServiceTickets (TenantId, OpenedAt, TicketId, SolvedAt, Channel, TopicId, TeamId, AgentId, OpenedHour, OpenedWeekHour);
