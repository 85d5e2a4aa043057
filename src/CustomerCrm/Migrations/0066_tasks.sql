-- What is to be done by a person: who, until when, and about which customer or order. The order, the user and the team have no key here:
-- where one of them is gone, no statement shows it any more, and the task stays.
CREATE TABLE Tasks (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    Title       NVARCHAR(300)  NOT NULL,
    Body        NVARCHAR(MAX)  NULL,
    -- 1 open, 2 done, 3 cancelled.
    Status      INT            NOT NULL,
    -- 1 low, 2 normal, 3 high, 4 urgent.
    Priority    INT            NOT NULL,
    DueAt       DATETIME2(7)   NULL,
    -- DueAt, or the last moment there is: so that what has no date is last in order.
    DueOrder    DATETIME2(7)   NOT NULL,
    UserId      BINARY(16)     NULL,
    TeamId      BINARY(16)     NULL,
    CustomerId  BINARY(16)     NULL,
    OrderId     BINARY(16)     NULL,
    -- What made it: api, automation_rule, storefront; and which.
    SourceKind  NVARCHAR(50)   NOT NULL,
    SourceId    NVARCHAR(40)   NULL,
    -- As in Notes.
    AuthorKind  INT            NOT NULL,
    AuthorId    NVARCHAR(40)   NULL,
    AuthorName  NVARCHAR(200)  NOT NULL,
    CompletedAt DATETIME2(7)   NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    UpdatedAt   DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Tasks PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Tasks_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_Tasks_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Tasks_Created ON Tasks (TenantId, CreatedAt, Id);
CREATE INDEX IX_Tasks_Due ON Tasks (TenantId, DueOrder, Id);
CREATE INDEX IX_Tasks_Priority ON Tasks (TenantId, Priority, Id);
CREATE INDEX IX_Tasks_Status ON Tasks (TenantId, Status, DueOrder, Id);
CREATE INDEX IX_Tasks_User ON Tasks (TenantId, UserId, Status, DueOrder, Id) WHERE UserId IS NOT NULL;
CREATE INDEX IX_Tasks_Team ON Tasks (TenantId, TeamId, Status, DueOrder, Id) WHERE TeamId IS NOT NULL;
CREATE INDEX IX_Tasks_Customer ON Tasks (TenantId, CustomerId, CreatedAt, Id) WHERE CustomerId IS NOT NULL;
CREATE INDEX IX_Tasks_Order ON Tasks (TenantId, OrderId, CreatedAt, Id) WHERE OrderId IS NOT NULL;
