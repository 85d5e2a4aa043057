-- The hour of the week that a ticket was opened in, in the tenant's zone: 0 is Monday from midnight to one, 167 the last hour of Sunday.
ALTER TABLE ServiceTickets ADD OpenedWeekHour INT NOT NULL CONSTRAINT DF_ServiceTickets_OpenedWeekHour DEFAULT 0;

-- What was counted before that is counted anew by the night's sweep.
UPDATE ServiceTickets SET TicketRevision = 0;

-- What came due in a period and whether it was kept, without a look at each clock.
CREATE INDEX IX_SlaClocks_Kept ON SlaClocks (TenantId, DueAt, Promise, StoppedAt, TicketId);

-- What the facts of one day come to, for each part of a report. A day is counted by night; when a fact of it changes it is marked, and counted from the facts until it is built again.
CREATE TABLE ServiceDays (
    TenantId  INT            NOT NULL,
    -- In the tenant's zone.
    Day       DATE           NOT NULL,
    -- 1 opened, 2 answered, 3 solved.
    Part      INT            NOT NULL,
    -- Whose midnights the day lies between.
    Zone      NVARCHAR(100)  NOT NULL,
    IsBuilt   BIT            NOT NULL,
    -- One more each time a fact of it changes: who has counted before keeps nothing.
    Version   INT            NOT NULL,
    -- How many facts were counted.
    N         BIGINT         NOT NULL,
    -- Counts and histograms, packed.
    Content   VARBINARY(MAX) NULL,
    CONSTRAINT PK_ServiceDays PRIMARY KEY (TenantId, Day, Part),
    CONSTRAINT FK_ServiceDays_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
