-- Users who take tickets. How many they have is not kept but counted, so that it cannot be wrong.
CREATE TABLE Agents (
    TenantId       INT           NOT NULL,
    UserId         BINARY(16)    NOT NULL,
    -- 1 online, 2 away, 3 offline.
    Presence       INT           NOT NULL,
    PresenceAt     DATETIME2(7)  NOT NULL,
    -- Open tickets they may have, of all channels and by channel (JSON).
    Capacity       INT           NOT NULL,
    ChannelsText   NVARCHAR(MAX) NOT NULL,
    SkillsText     NVARCHAR(MAX) NOT NULL,
    CalendarId     BINARY(16)    NULL,
    LastAssignedAt DATETIME2(7)  NULL,
    Revision       INT           NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    UpdatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Agents PRIMARY KEY (TenantId, UserId),
    CONSTRAINT FK_Agents_Users FOREIGN KEY (TenantId, UserId) REFERENCES Users (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Agents_Created ON Agents (TenantId, CreatedAt, UserId);

CREATE TABLE RoutingRules (
    TenantId       INT            NOT NULL,
    Id             BINARY(16)     NOT NULL,
    Name           NVARCHAR(200)  NOT NULL,
    NameKey        NVARCHAR(200)  NOT NULL,
    Description    NVARCHAR(1000) NULL,
    Position       INT            NOT NULL,
    IsEnabled      BIT            NOT NULL,
    DefinitionText NVARCHAR(MAX)  NOT NULL,
    Revision       INT            NOT NULL,
    CreatedAt      DATETIME2(7)   NOT NULL,
    UpdatedAt      DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_RoutingRules PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_RoutingRules_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_RoutingRules_Name ON RoutingRules (TenantId, NameKey);

-- One row for each data set: where goes what no rule takes. Whoever decides about an agent holds it until the commit, so that two never count the same room.
CREATE TABLE RoutingTurns (
    TenantId       INT          NOT NULL,
    Decisions      BIGINT       NOT NULL,
    FallbackTeamId BINARY(16)   NULL,
    Revision       INT          NOT NULL,
    UpdatedAt      DATETIME2(7) NOT NULL,
    CONSTRAINT PK_RoutingTurns PRIMARY KEY (TenantId),
    CONSTRAINT FK_RoutingTurns_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- Tickets that nobody could take yet.
CREATE TABLE RoutingWaits (
    TenantId  INT          NOT NULL,
    TicketId  BINARY(16)   NOT NULL,
    RuleId    BINARY(16)   NULL,
    -- A queue that a person has put it in: no rule takes it out again.
    PinnedId  BINARY(16)   NULL,
    Since     DATETIME2(7) NOT NULL,
    CONSTRAINT PK_RoutingWaits PRIMARY KEY (TenantId, TicketId),
    CONSTRAINT FK_RoutingWaits_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);

-- Each decision with all that was seen, as JSON.
CREATE TABLE RoutingDecisions (
    TenantId    INT           NOT NULL,
    Id          BINARY(16)    NOT NULL,
    TicketId    BINARY(16)    NOT NULL,
    At          DATETIME2(7)  NOT NULL,
    -- created, handed_back, capacity_freed, asked.
    Cause       NVARCHAR(50)  NOT NULL,
    -- 1 assigned, 2 waiting, 3 kept: somebody has it already.
    Outcome     INT           NOT NULL,
    RuleId      BINARY(16)    NULL,
    TeamId      BINARY(16)    NULL,
    AssigneeId  BINARY(16)    NULL,
    Details     NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_RoutingDecisions PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_RoutingDecisions_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_RoutingDecisions_Ticket ON RoutingDecisions (TenantId, TicketId, Id);

-- Who has handed a ticket back, and is not given it again.
CREATE TABLE RoutingRefusals (
    TenantId INT           NOT NULL,
    TicketId BINARY(16)    NOT NULL,
    UserId   BINARY(16)    NOT NULL,
    Reason   NVARCHAR(500) NULL,
    At       DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_RoutingRefusals PRIMARY KEY (TenantId, TicketId, UserId),
    CONSTRAINT FK_RoutingRefusals_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
-- What counting an agent's open tickets reads.
CREATE INDEX IX_Tickets_Load ON Tickets (TenantId, AssigneeId, Channel) WHERE AssigneeId IS NOT NULL AND Category < 3;
