-- The last number given out. It is taken last in the writer's transaction and held until it commits, so numbers
-- become visible in their order: whoever has read up to N misses nothing below N.
CREATE TABLE EventHeads (
    TenantId INT    NOT NULL,
    LastSeq  BIGINT NOT NULL,
    CONSTRAINT PK_EventHeads PRIMARY KEY (TenantId),
    CONSTRAINT FK_EventHeads_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

CREATE TABLE Events (
    TenantId   INT           NOT NULL,
    Seq        BIGINT        NOT NULL,
    Id         BINARY(16)    NOT NULL,
    Type       NVARCHAR(100) NOT NULL,
    CustomerId BINARY(16)    NULL,
    -- Recorded, but starts nothing: history being loaded.
    IsQuiet    BIT           NOT NULL,
    OccurredAt DATETIME2(7)  NOT NULL,
    TraceId    NVARCHAR(32)  NULL,
    Data       NVARCHAR(MAX) NOT NULL,
    CONSTRAINT PK_Events PRIMARY KEY (TenantId, Seq)
);
CREATE UNIQUE INDEX UX_Events_Id ON Events (TenantId, Id);

-- How far each reader inside the program has come: segment membership, later webhooks and automations.
CREATE TABLE EventConsumers (
    TenantId INT           NOT NULL,
    Name     NVARCHAR(100) NOT NULL,
    LastSeq  BIGINT        NOT NULL,
    CONSTRAINT PK_EventConsumers PRIMARY KEY (TenantId, Name),
    CONSTRAINT FK_EventConsumers_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
