-- Groups of customers: listed by hand (static), or all for whom a rule holds (dynamic).
CREATE TABLE Segments (
    TenantId     INT            NOT NULL,
    Id           BINARY(16)     NOT NULL,
    Name         NVARCHAR(200)  NOT NULL,
    Description  NVARCHAR(1000) NULL,
    -- 1 static, 2 dynamic.
    Kind         INT            NOT NULL,
    -- The rule as JSON; null for a static one.
    RuleText     NVARCHAR(MAX)  NULL,
    -- Goes up with every change of the rule; a build is of one of them.
    RuleRevision INT            NOT NULL,
    -- 1 ready, 2 building: the members are being looked for.
    Status       INT            NOT NULL,
    -- How many members there are, kept with every change of them, and when that was last so.
    Size         INT            NOT NULL,
    SizeAsOf     DATETIME2(7)   NOT NULL,
    Revision     INT            NOT NULL,
    CreatedAt    DATETIME2(7)   NOT NULL,
    UpdatedAt    DATETIME2(7)   NOT NULL,
    -- Gone for everyone; the row stays until a job has taken its members away.
    DeletedAt    DATETIME2(7)   NULL,
    CONSTRAINT PK_Segments PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Segments_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Segments_Created ON Segments (TenantId, CreatedAt, Id);

CREATE TABLE SegmentMembers (
    TenantId   INT          NOT NULL,
    SegmentId  BINARY(16)   NOT NULL,
    CustomerId BINARY(16)   NOT NULL,
    JoinedAt   DATETIME2(7) NOT NULL,
    CONSTRAINT PK_SegmentMembers PRIMARY KEY (TenantId, SegmentId, CustomerId),
    CONSTRAINT FK_SegmentMembers_Segments FOREIGN KEY (TenantId, SegmentId) REFERENCES Segments (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_SegmentMembers_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SegmentMembers_Joined ON SegmentMembers (TenantId, SegmentId, JoinedAt, CustomerId);
CREATE INDEX IX_SegmentMembers_Customer ON SegmentMembers (TenantId, CustomerId, SegmentId);
