-- What a customer wants to have settled. Of the queue (a team), the assignee, the conversation, the topic and the label of its status there is no
-- key here: where one of them is gone, no statement shows it any more, and the ticket stays.
CREATE TABLE Tickets (
    TenantId          INT            NOT NULL,
    Id                BINARY(16)     NOT NULL,
    -- 1, 2, 3 … of the tenant: what people call it by. From TicketNumbers.
    Number            INT            NOT NULL,
    CustomerId        BINARY(16)     NOT NULL,
    ConversationId    BINARY(16)     NULL,
    -- 1 new, 2 open, 3 pending, 4 on hold, 5 solved, 6 closed.
    Category          INT            NOT NULL,
    -- The tenant's own label, which is of the same category.
    StatusId          BINARY(16)     NULL,
    -- 1 question, 2 incident, 3 problem, 4 task.
    Type              INT            NOT NULL,
    -- 1 low, 2 normal, 3 high, 4 urgent.
    Priority          INT            NOT NULL,
    Subject           NVARCHAR(500)  NOT NULL,
    -- How it began, as in Interactions.
    Channel           INT            NOT NULL,
    Language          NVARCHAR(35)   NULL,
    TopicId           BINARY(16)     NULL,
    AssigneeId        BINARY(16)     NULL,
    TeamId            BINARY(16)     NULL,
    ReopenCount       INT            NOT NULL,
    FirstRepliedAt    DATETIME2(7)   NULL,
    -- The last public answer, and the customer's last message.
    RepliedAt         DATETIME2(7)   NULL,
    CustomerRepliedAt DATETIME2(7)   NULL,
    SolvedAt          DATETIME2(7)   NULL,
    ClosedAt          DATETIME2(7)   NULL,
    MergedIntoId      BINARY(16)     NULL,
    -- The closed ticket that the customer answered.
    FollowsId         BINARY(16)     NULL,
    -- The last CSAT, 1 to 5.
    Satisfaction      INT            NULL,
    SatisfactionAt    DATETIME2(7)   NULL,
    -- What opened it: api, message, automation_rule, ticket …; and which.
    SourceKind        NVARCHAR(50)   NOT NULL,
    SourceId          NVARCHAR(40)   NULL,
    -- The system it was in before, and its id there as it is told apart.
    Source            NVARCHAR(100)  NULL,
    ExternalId        NVARCHAR(200)  NULL,
    ExternalKey       VARBINARY(800) NULL,
    Revision          INT            NOT NULL,
    CreatedAt         DATETIME2(7)   NOT NULL,
    UpdatedAt         DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Tickets PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_Tickets_Number UNIQUE (TenantId, Number),
    CONSTRAINT FK_Tickets_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_Tickets_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_Tickets_External ON Tickets (TenantId, Source, ExternalKey) WHERE ExternalKey IS NOT NULL;
CREATE INDEX IX_Tickets_Created ON Tickets (TenantId, CreatedAt, Id);
CREATE INDEX IX_Tickets_Updated ON Tickets (TenantId, UpdatedAt, Id);
CREATE INDEX IX_Tickets_Category ON Tickets (TenantId, Category, CreatedAt, Id);
CREATE INDEX IX_Tickets_Priority ON Tickets (TenantId, Priority, CreatedAt, Id);
CREATE INDEX IX_Tickets_Customer ON Tickets (TenantId, CustomerId, CreatedAt, Id);
CREATE INDEX IX_Tickets_Assignee ON Tickets (TenantId, AssigneeId, CreatedAt, Id) WHERE AssigneeId IS NOT NULL;
CREATE INDEX IX_Tickets_Team ON Tickets (TenantId, TeamId, CreatedAt, Id) WHERE TeamId IS NOT NULL;
CREATE INDEX IX_Tickets_Conversation ON Tickets (TenantId, ConversationId, Number) WHERE ConversationId IS NOT NULL;
CREATE INDEX IX_Tickets_Merged ON Tickets (TenantId, MergedIntoId) WHERE MergedIntoId IS NOT NULL;
-- Those that wait to be closed, and those that are worked at: few among many.
CREATE INDEX IX_Tickets_Solved ON Tickets (TenantId, SolvedAt, Id) WHERE Category = 5;
CREATE INDEX IX_Tickets_Unsolved ON Tickets (TenantId, UpdatedAt, Id) WHERE Category < 5;

-- The last number given out. Held from the insert of a ticket to its commit, so the numbers have no order but the commits'.
CREATE TABLE TicketNumbers (
    TenantId   INT NOT NULL,
    LastNumber INT NOT NULL,
    CONSTRAINT PK_TicketNumbers PRIMARY KEY (TenantId),
    CONSTRAINT FK_TicketNumbers_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- The tenant's own words for where a ticket stands: "waiting for the supplier" is on hold.
CREATE TABLE TicketStatuses (
    TenantId  INT           NOT NULL,
    Id        BINARY(16)    NOT NULL,
    Category  INT           NOT NULL,
    Name      NVARCHAR(100) NOT NULL,
    -- In lower case.
    NameKey   NVARCHAR(100) NOT NULL,
    Position  INT           NOT NULL,
    -- What a ticket has that comes into the category without a label being named.
    IsDefault BIT           NOT NULL,
    Revision  INT           NOT NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    UpdatedAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_TicketStatuses PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_TicketStatuses_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_TicketStatuses_Name ON TicketStatuses (TenantId, NameKey);
CREATE UNIQUE INDEX UQ_TicketStatuses_Default ON TicketStatuses (TenantId, Category) WHERE IsDefault = 1;

-- One row for each data set that has said something; what is not said is as TicketSettings.cs has it.
CREATE TABLE TicketSettings (
    TenantId       INT          NOT NULL,
    OpensFromEmail BIT          NOT NULL,
    ReopenDays     INT          NOT NULL,
    CloseDays      INT          NOT NULL,
    Revision       INT          NOT NULL,
    UpdatedAt      DATETIME2(7) NOT NULL,
    CONSTRAINT PK_TicketSettings PRIMARY KEY (TenantId),
    CONSTRAINT FK_TicketSettings_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

CREATE TABLE TicketFields (
    TenantId INT           NOT NULL,
    TicketId BINARY(16)    NOT NULL,
    Text     NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_TicketFields PRIMARY KEY (TenantId, TicketId),
    CONSTRAINT FK_TicketFields_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);

CREATE TABLE TicketFieldValues (
    TenantId INT            NOT NULL,
    TicketId BINARY(16)     NOT NULL,
    FieldId  BINARY(16)     NOT NULL,
    ValueKey VARBINARY(850) NOT NULL,
    CONSTRAINT PK_TicketFieldValues PRIMARY KEY (TenantId, TicketId, FieldId),
    CONSTRAINT FK_TicketFieldValues_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TicketFieldValues_Key ON TicketFieldValues (TenantId, FieldId, ValueKey, TicketId);

CREATE TABLE TicketTags (
    TenantId INT          NOT NULL,
    TicketId BINARY(16)   NOT NULL,
    TagId    BINARY(16)   NOT NULL,
    AddedAt  DATETIME2(7) NOT NULL,
    CONSTRAINT PK_TicketTags PRIMARY KEY (TenantId, TicketId, TagId),
    CONSTRAINT FK_TicketTags_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TicketTags_Tag ON TicketTags (TenantId, TagId, TicketId);

-- One row for each pair and kind. The other end has no key, for two cascades into one table are more than SQL Server takes.
CREATE TABLE TicketLinks (
    TenantId  INT           NOT NULL,
    TicketId  BINARY(16)    NOT NULL,
    OtherId   BINARY(16)    NOT NULL,
    -- 1 the other is the problem behind this one, 2 relates, 3 this one says again what the other says.
    Kind      INT           NOT NULL,
    CreatedAt DATETIME2(7)  NOT NULL,
    ActorKind INT           NOT NULL,
    ActorId   NVARCHAR(40)  NULL,
    ActorName NVARCHAR(200) NOT NULL,
    CONSTRAINT PK_TicketLinks PRIMARY KEY (TenantId, TicketId, OtherId, Kind),
    CONSTRAINT FK_TicketLinks_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TicketLinks_Other ON TicketLinks (TenantId, OtherId, Kind, TicketId);

-- Why a ticket is not worked at any more, or where one comes from: one row for each merge and each split.
CREATE TABLE TicketMoves (
    TenantId  INT            NOT NULL,
    Id        BINARY(16)     NOT NULL,
    -- 1 merge: this ticket went into the other; 2 split: the other was taken out of this one.
    Kind      INT            NOT NULL,
    TicketId  BINARY(16)     NOT NULL,
    OtherId   BINARY(16)     NOT NULL,
    Reason    NVARCHAR(1000) NULL,
    -- How many entries of the conversation went along, and what else changed, as JSON.
    Moved     INT            NOT NULL,
    Details   NVARCHAR(MAX)  NOT NULL,
    MovedAt   DATETIME2(7)   NOT NULL,
    ActorKind INT            NOT NULL,
    ActorId   NVARCHAR(40)   NULL,
    ActorName NVARCHAR(200)  NOT NULL,
    CONSTRAINT PK_TicketMoves PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_TicketMoves_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TicketMoves_Ticket ON TicketMoves (TenantId, TicketId, MovedAt, Id);
CREATE INDEX IX_TicketMoves_Other ON TicketMoves (TenantId, OtherId, MovedAt, Id);

-- Who has a ticket before them, until a little after their last heart-beat.
CREATE TABLE TicketViewers (
    TenantId  INT          NOT NULL,
    TicketId  BINARY(16)   NOT NULL,
    UserId    BINARY(16)   NOT NULL,
    -- 1 viewing, 2 editing.
    State     INT          NOT NULL,
    Since     DATETIME2(7) NOT NULL,
    ExpiresAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_TicketViewers PRIMARY KEY (TenantId, TicketId, UserId),
    CONSTRAINT FK_TicketViewers_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TicketViewers_Expires ON TicketViewers (TenantId, ExpiresAt);
