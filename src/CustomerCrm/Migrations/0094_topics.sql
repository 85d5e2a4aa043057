-- What tickets can be about.
CREATE TABLE Topics (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    Name        NVARCHAR(100)  NOT NULL,
    NameKey     NVARCHAR(100)  NOT NULL,
    Description NVARCHAR(1000) NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    UpdatedAt   DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Topics PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Topics_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_Topics_Name ON Topics (TenantId, NameKey);

-- What the classifier read and what people said of a ticket. Only the latter is learnt from.
CREATE TABLE TicketTopics (
    TenantId     INT           NOT NULL,
    TicketId     BINARY(16)    NOT NULL,
    ReadTopicId  BINARY(16)    NULL,
    Likelihood   FLOAT         NULL,
    ModelId      BINARY(16)    NULL,
    EvidenceText NVARCHAR(MAX) NULL,
    ReadAt       DATETIME2(7)  NULL,
    SaidTopicId  BINARY(16)    NULL,
    SaidAt       DATETIME2(7)  NULL,
    ActorKind    INT           NULL,
    ActorId      NVARCHAR(40)  NULL,
    ActorName    NVARCHAR(200) NULL,
    CONSTRAINT PK_TicketTopics PRIMARY KEY (TenantId, TicketId),
    CONSTRAINT FK_TicketTopics_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_TicketTopics_Said ON TicketTopics (TenantId, SaidAt, TicketId) WHERE SaidTopicId IS NOT NULL;

-- Each training: its evidence, and its model where that was enough. The last one holds.
CREATE TABLE TopicModels (
    TenantId     INT           NOT NULL,
    Id           BINARY(16)    NOT NULL,
    IsActive     BIT           NOT NULL,
    Tickets      INT           NOT NULL,
    EvidenceText NVARCHAR(MAX) NOT NULL,
    ModelText    NVARCHAR(MAX) NULL,
    TrainedAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_TopicModels PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_TopicModels_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
