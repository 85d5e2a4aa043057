-- "Remind me in three days if the customer has not answered."
CREATE TABLE Reminders (
    TenantId         INT            NOT NULL,
    Id               BINARY(16)     NOT NULL,
    TicketId         BINARY(16)     NOT NULL,
    UserId           BINARY(16)     NULL,
    TeamId           BINARY(16)     NULL,
    Note             NVARCHAR(1000) NULL,
    RemindAt         DATETIME2(7)   NOT NULL,
    UnlessAnswered   BIT            NOT NULL,
    -- 1 waiting, 2 done: there is a task, 3 dropped.
    State            INT            NOT NULL,
    Reason           NVARCHAR(50)   NULL,
    TaskId           BINARY(16)     NULL,
    EndedAt          DATETIME2(7)   NULL,
    AuthorKind       INT            NOT NULL,
    AuthorId         NVARCHAR(40)   NULL,
    AuthorName       NVARCHAR(200)  NOT NULL,
    Revision         INT            NOT NULL,
    CreatedAt        DATETIME2(7)   NOT NULL,
    UpdatedAt        DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Reminders PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Reminders_Tickets FOREIGN KEY (TenantId, TicketId) REFERENCES Tickets (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Reminders_Due ON Reminders (TenantId, RemindAt, Id);
CREATE INDEX IX_Reminders_Created ON Reminders (TenantId, CreatedAt, Id);
CREATE INDEX IX_Reminders_Ticket ON Reminders (TenantId, TicketId, State);

-- Asking customers of one's own accord: some days after a ticket was solved, or after the first order.
CREATE TABLE CheckIns (
    TenantId       INT           NOT NULL,
    Id             BINARY(16)    NOT NULL,
    Name           NVARCHAR(200) NOT NULL,
    NameKey        NVARCHAR(200) NOT NULL,
    IsEnabled      BIT           NOT NULL,
    DefinitionText NVARCHAR(MAX) NOT NULL,
    Revision       INT           NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    UpdatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_CheckIns PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_CheckIns_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_CheckIns_Name ON CheckIns (TenantId, NameKey);

-- One for each time: a ticket or an order is asked about once by the same check-in.
CREATE TABLE CheckInRuns (
    TenantId   INT          NOT NULL,
    Id         BINARY(16)   NOT NULL,
    CheckInId  BINARY(16)   NOT NULL,
    CustomerId BINARY(16)   NOT NULL,
    -- The ticket or the order.
    SubjectId  BINARY(16)   NOT NULL,
    DueAt      DATETIME2(7) NOT NULL,
    -- 1 waiting, 2 done, 3 dropped.
    State      INT          NOT NULL,
    Reason     NVARCHAR(50) NULL,
    TaskId     BINARY(16)   NULL,
    MessageId  BINARY(16)   NULL,
    EndedAt    DATETIME2(7) NULL,
    CreatedAt  DATETIME2(7) NOT NULL,
    CONSTRAINT PK_CheckInRuns PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_CheckInRuns_Subject UNIQUE (TenantId, CheckInId, SubjectId),
    CONSTRAINT FK_CheckInRuns_CheckIns FOREIGN KEY (TenantId, CheckInId) REFERENCES CheckIns (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_CheckInRuns_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_CheckInRuns_Created ON CheckInRuns (TenantId, CheckInId, CreatedAt, Id);
CREATE INDEX IX_CheckInRuns_Customer ON CheckInRuns (TenantId, CustomerId);
