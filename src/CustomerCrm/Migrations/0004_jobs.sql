-- Work to do after the request. TenantId 0 is the installation's own work.
CREATE TABLE Jobs (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    Kind       NVARCHAR(100) NOT NULL,
    Payload    NVARCHAR(MAX) NOT NULL,
    -- Held only while the job waits: the same work is then not queued twice. Cleared when a worker takes it,
    -- because what is asked for from then on may not be seen by the run that has begun.
    UniqueKey  NVARCHAR(200) NULL,
    -- 0 pending, 1 running, 2 dead.
    State      INT           NOT NULL,
    -- When a worker may take it: its time while it waits, the end of the lease while it runs, null when dead.
    DueAt      DATETIME2(7)  NULL,
    Attempts   INT           NOT NULL,
    -- Goes up with every change of state. Whoever took the job must show the number they got.
    Fence      INT           NOT NULL,
    Owner      NVARCHAR(100) NULL,
    EnqueuedAt DATETIME2(7)  NOT NULL,
    StartedAt  DATETIME2(7)  NULL,
    FailedAt   DATETIME2(7)  NULL,
    LastError  NVARCHAR(200) NULL,
    CONSTRAINT PK_Jobs PRIMARY KEY (TenantId, Id)
);
CREATE INDEX IX_Jobs_Due ON Jobs (TenantId, DueAt, Id);
CREATE INDEX IX_Jobs_State ON Jobs (TenantId, State, Id);
CREATE UNIQUE INDEX UX_Jobs_UniqueKey ON Jobs (TenantId, UniqueKey) WHERE UniqueKey IS NOT NULL;

-- When each recurring job was last due and queued, for each time zone that has tenants ('' for the installation's own).
CREATE TABLE ScheduledRuns (
    Name      NVARCHAR(100) NOT NULL,
    Zone      NVARCHAR(64)  NOT NULL,
    LastDueAt DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ScheduledRuns PRIMARY KEY (Name, Zone)
);

-- One row that readiness writes to: a database that cannot be written to is not ready.
CREATE TABLE ReadinessProbes (
    Id        INT          NOT NULL,
    CheckedAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_ReadinessProbes PRIMARY KEY (Id)
);
INSERT INTO ReadinessProbes (Id, CheckedAt) VALUES (1, '2000-01-01');
