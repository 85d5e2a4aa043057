-- What reports of service count: one row for each ticket, kept by a reader of events seconds behind it, with times that are open time already.
CREATE TABLE ServiceTickets (
    TenantId        INT           NOT NULL,
    TicketId        BINARY(16)    NOT NULL,
    -- As the ticket's own when this was written: by it a sweep finds what was missed.
    TicketRevision  INT           NOT NULL,
    Channel         INT           NOT NULL,
    TopicId         BINARY(16)    NULL,
    TeamId          BINARY(16)    NULL,
    AgentId         BINARY(16)    NULL,
    OpenedAt        DATETIME2(7)  NOT NULL,
    -- In the tenant's zone, 0 to 23.
    OpenedHour      INT           NOT NULL,
    SolvedAt        DATETIME2(7)  NULL,
    -- Public answers of people, and of bots.
    Replies         INT           NOT NULL,
    BotReplies      INT           NOT NULL,
    Reopens         INT           NOT NULL,
    -- The tenant began, and the customer never had to write.
    IsPreemptive    BIT           NOT NULL,
    -- From opened to solved, in all and while it was open; each with the number of its bucket (DurationBucket).
    Seconds         BIGINT        NULL,
    BusinessSeconds BIGINT        NULL,
    Bucket          INT           NULL,
    BusinessBucket  INT           NULL,
    HandleSeconds   BIGINT        NOT NULL,
    HandleBucket    INT           NOT NULL,
    CONSTRAINT PK_ServiceTickets PRIMARY KEY (TenantId, TicketId),
    CONSTRAINT FK_ServiceTickets_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
-- With all that a report of a period reads, so that it is one stretch of an index.
CREATE INDEX IX_ServiceTickets_Opened ON ServiceTickets (TenantId, OpenedAt, TicketId, SolvedAt, Channel, TopicId, TeamId, AgentId, OpenedHour);
CREATE INDEX IX_ServiceTickets_Solved ON ServiceTickets (TenantId, SolvedAt, TicketId, OpenedAt, Bucket, BusinessBucket, HandleBucket, Seconds, BusinessSeconds, HandleSeconds, Replies, Reopens, IsPreemptive, Channel, TopicId, TeamId, AgentId) WHERE SolvedAt IS NOT NULL;
CREATE INDEX IX_ServiceTickets_Unsolved ON ServiceTickets (TenantId, OpenedAt, TicketId, Channel, TopicId, TeamId, AgentId) WHERE SolvedAt IS NULL;

-- Each public answer of a person: what it answered, and how long that had waited.
CREATE TABLE ServiceReplies (
    TenantId        INT          NOT NULL,
    -- The conversation's entry; where that is gone, the ticket.
    Id              BINARY(16)   NOT NULL,
    TicketId        BINARY(16)   NOT NULL,
    -- 1 the first response, 2 and on the next ones; null where nobody was waiting.
    Cycle           INT          NULL,
    AgentId         BINARY(16)   NULL,
    AskedAt         DATETIME2(7) NULL,
    RepliedAt       DATETIME2(7) NOT NULL,
    Seconds         BIGINT       NULL,
    BusinessSeconds BIGINT       NULL,
    Bucket          INT          NULL,
    BusinessBucket  INT          NULL,
    HandleSeconds   INT          NOT NULL,
    CONSTRAINT PK_ServiceReplies PRIMARY KEY (TenantId, TicketId, Id),
    CONSTRAINT FK_ServiceReplies_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ServiceReplies_Replied ON ServiceReplies (TenantId, RepliedAt, Id, Cycle, Bucket, BusinessBucket, Seconds, BusinessSeconds, AgentId, HandleSeconds, TicketId);
CREATE INDEX IX_ServiceReplies_Agent ON ServiceReplies (TenantId, AgentId, RepliedAt) WHERE AgentId IS NOT NULL;

-- How many tickets of a day had a word in their subject: whose, it does not say.
CREATE TABLE ServiceWords (
    TenantId INT          NOT NULL,
    Day      DATE         NOT NULL,
    -- Without its ending, in English.
    Stem     NVARCHAR(40) NOT NULL,
    -- As it stood there the first time.
    Word     NVARCHAR(40) NOT NULL,
    Tickets  INT          NOT NULL,
    CONSTRAINT PK_ServiceWords PRIMARY KEY (TenantId, Day, Stem),
    CONSTRAINT FK_ServiceWords_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- One row for each data set that has said something.
CREATE TABLE ServiceSettings (
    TenantId         INT          NOT NULL,
    -- What an hour of an agent costs, in minor units of the tenant's currency.
    CostPerHourMinor BIGINT       NULL,
    Revision         INT          NOT NULL,
    UpdatedAt        DATETIME2(7) NOT NULL,
    CONSTRAINT PK_ServiceSettings PRIMARY KEY (TenantId),
    CONSTRAINT FK_ServiceSettings_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
