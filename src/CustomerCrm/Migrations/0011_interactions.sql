CREATE TABLE Interactions (
    TenantId        INT            NOT NULL,
    Id              BINARY(16)     NOT NULL,
    CustomerId      BINARY(16)     NOT NULL,
    -- 1 email, 2 phone, 3 chat, 4 sms, 5 social, 6 in_person, 7 web, 8 self_service.
    Channel         INT            NOT NULL,
    -- 1 inbound, 2 outbound.
    Direction       INT            NOT NULL,
    OccurredAt      DATETIME2(7)   NOT NULL,
    Agent           NVARCHAR(200)  NULL,
    Subject         NVARCHAR(500)  NULL,
    Body            NVARCHAR(MAX)  NULL,
    Outcome         NVARCHAR(100)  NULL,
    DurationSeconds INT            NULL,
    -- The interaction's id where it came from, for writing it only once; the key is its UTF-8, compared byte by byte.
    Source          NVARCHAR(100)  NULL,
    ExternalId      NVARCHAR(200)  NULL,
    ExternalKey     VARBINARY(800) NULL,
    Revision        INT            NOT NULL,
    CreatedAt       DATETIME2(7)   NOT NULL,
    UpdatedAt       DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Interactions PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Interactions_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Interactions_Customer ON Interactions (TenantId, CustomerId, OccurredAt, Id);
CREATE INDEX IX_Interactions_Occurred ON Interactions (TenantId, OccurredAt, Id);
CREATE UNIQUE INDEX UQ_Interactions_External ON Interactions (TenantId, Source, ExternalKey) WHERE ExternalKey IS NOT NULL;
