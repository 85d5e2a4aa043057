-- What is promised to whom: condition, targets by priority, warnings and escalations as JSON. Few, read whole.
CREATE TABLE SlaPolicies (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    Name           NVARCHAR(200) NOT NULL,
    -- In lower case.
    NameKey        NVARCHAR(200) NOT NULL,
    Description    NVARCHAR(1000) NULL,
    Position       INT           NOT NULL,
    IsEnabled      BIT           NOT NULL,
    DefinitionText NVARCHAR(MAX) NOT NULL,
    Revision       INT           NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    UpdatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SlaPolicies PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_SlaPolicies_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_SlaPolicies_Name ON SlaPolicies (TenantId, NameKey);

-- Whose hours a team keeps, where they are not the tenant's.
CREATE TABLE SlaTeamCalendars (
    TenantId   INT          NOT NULL,
    TeamId     BINARY(16)   NOT NULL,
    CalendarId BINARY(16)   NOT NULL,
    UpdatedAt  DATETIME2(7) NOT NULL,
    CONSTRAINT PK_SlaTeamCalendars PRIMARY KEY (TenantId, TeamId),
    CONSTRAINT FK_SlaTeamCalendars_Teams FOREIGN KEY (TenantId, TeamId) REFERENCES Teams (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SlaTeamCalendars_Calendar ON SlaTeamCalendars (TenantId, CalendarId);

-- Every edition of a calendar that a clock was ever counted by, so that a due time can be explained when the calendar has changed or is gone.
CREATE TABLE SlaCalendars (
    TenantId     INT           NOT NULL,
    CalendarId   BINARY(16)    NOT NULL,
    Edition      INT           NOT NULL,
    Name         NVARCHAR(200) NOT NULL,
    TimeZone     NVARCHAR(100) NOT NULL,
    HoursText    NVARCHAR(MAX) NOT NULL,
    HolidaysText NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_SlaCalendars PRIMARY KEY (TenantId, CalendarId, Edition),
    CONSTRAINT FK_SlaCalendars_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- Where each clock of a ticket stands: what the ledger comes to, kept so that lists and reports need not count.
CREATE TABLE SlaClocks (
    TenantId      INT          NOT NULL,
    Id            BINARY(16)   NOT NULL,
    TicketId      BINARY(16)   NOT NULL,
    -- 1 first response, 2 next response, 3 resolution.
    Promise       INT          NOT NULL,
    -- 1, 2, 3 …: a next response is promised anew each time the customer writes.
    Cycle         INT          NOT NULL,
    -- 1 running, 2 paused, 3 stopped.
    State         INT          NOT NULL,
    PolicyId      BINARY(16)   NULL,
    TargetMinutes INT          NULL,
    StartedAt     DATETIME2(7) NOT NULL,
    DueAt         DATETIME2(7) NULL,
    StoppedAt     DATETIME2(7) NULL,
    -- The due time that was missed.
    BreachedAt    DATETIME2(7) NULL,
    -- Open time that was counted up to the last row of the ledger.
    CountedSeconds BIGINT      NOT NULL,
    UpdatedAt     DATETIME2(7) NOT NULL,
    CONSTRAINT PK_SlaClocks PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_SlaClocks_Cycle UNIQUE (TenantId, TicketId, Promise, Cycle),
    CONSTRAINT FK_SlaClocks_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SlaClocks_Due ON SlaClocks (TenantId, DueAt, Id);
CREATE INDEX IX_SlaClocks_Started ON SlaClocks (TenantId, StartedAt, Id);
CREATE INDEX IX_SlaClocks_Open ON SlaClocks (TenantId, TicketId) WHERE State < 3;

-- The ledger. Rows are added and never changed.
CREATE TABLE SlaEntries (
    TenantId      INT           NOT NULL,
    Id            BINARY(16)    NOT NULL,
    TicketId      BINARY(16)    NOT NULL,
    Promise       INT           NOT NULL,
    Cycle         INT           NOT NULL,
    -- 1 start, 2 pause, 3 resume, 4 stop, 5 retarget.
    Step          INT           NOT NULL,
    Reason        NVARCHAR(50)  NOT NULL,
    At            DATETIME2(7)  NOT NULL,
    ActorKind     INT           NOT NULL,
    ActorId       NVARCHAR(40)  NULL,
    ActorName     NVARCHAR(200) NOT NULL,
    -- Of a start and a retarget: by which policy, how much, and in whose hours (none: round the clock).
    PolicyId      BINARY(16)    NULL,
    PolicyName    NVARCHAR(200) NULL,
    TargetMinutes INT           NULL,
    CalendarId    BINARY(16)    NULL,
    Edition       INT           NULL,
    CONSTRAINT PK_SlaEntries PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_SlaEntries_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SlaEntries_Ticket ON SlaEntries (TenantId, TicketId, Id);

-- What was done once because a clock came so far: the warning, the breach, each escalation by its name.
CREATE TABLE SlaAlerts (
    TenantId  INT           NOT NULL,
    TicketId  BINARY(16)    NOT NULL,
    Promise   INT           NOT NULL,
    Cycle     INT           NOT NULL,
    Name      NVARCHAR(100) NOT NULL,
    Kind      NVARCHAR(50)  NOT NULL,
    -- What came of it: whom it went to, or why it changed nothing.
    Outcome   NVARCHAR(300) NOT NULL,
    At        DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SlaAlerts PRIMARY KEY (TenantId, TicketId, Promise, Cycle, Name),
    CONSTRAINT FK_SlaAlerts_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);

-- Automatic answers while nobody is there: one row for each that was posted, or was not and why.
CREATE TABLE SlaAcknowledgements (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    TicketId   BINARY(16)    NOT NULL,
    At         DATETIME2(7)  NOT NULL,
    ExpectedAt DATETIME2(7)  NULL,
    MessageId  BINARY(16)    NULL,
    -- sent, or why not: automatic_sender, already_told, open …
    Outcome    NVARCHAR(50)  NOT NULL,
    CONSTRAINT PK_SlaAcknowledgements PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_SlaAcknowledgements_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SlaAcknowledgements_Ticket ON SlaAcknowledgements (TenantId, TicketId, At);

-- Whether and how such answers are given: one row for each data set that has said something.
CREATE TABLE SlaSettings (
    TenantId      INT           NOT NULL,
    IsEnabled     BIT           NOT NULL,
    BurstHours    INT           NOT NULL,
    -- Templates by language, as JSON.
    TemplatesText NVARCHAR(MAX) NOT NULL,
    Revision      INT           NOT NULL,
    UpdatedAt     DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SlaSettings PRIMARY KEY (TenantId),
    CONSTRAINT FK_SlaSettings_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
