-- Looks back: the value models as of a day that is past, beside what happened since.
CREATE TABLE Backtests (
    TenantId   INT           NOT NULL,
    Id         BINARY(16)    NOT NULL,
    -- The last day that the models are shown; null until the run has chosen it.
    FitTo      DATE          NULL,
    -- The last day that they are compared with, both in the tenant's zone.
    UntilDay   DATE          NOT NULL,
    -- 1 queued, 2 running, 3 finished.
    Status     INT           NOT NULL,
    -- What was found, as JSON: written once and read whole. Null until then.
    Result     NVARCHAR(MAX) NULL,
    Revision   INT           NOT NULL,
    CreatedAt  DATETIME2(7)  NOT NULL,
    StartedAt  DATETIME2(7)  NULL,
    FinishedAt DATETIME2(7)  NULL,
    CONSTRAINT PK_Backtests PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Backtests_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Backtests_Until ON Backtests (TenantId, UntilDay, Id);
