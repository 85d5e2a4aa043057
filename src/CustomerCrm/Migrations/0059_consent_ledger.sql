-- Everything that was ever said of a customer's consents. Rows come, and go with their customer; they never change (0060).
CREATE TABLE ConsentEntries (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    CustomerId  BINARY(16)     NOT NULL,
    -- As in ConsentStates.
    Purpose     INT            NOT NULL,
    Channel     INT            NOT NULL,
    Topic       NVARCHAR(100)  NOT NULL,
    State       INT            NOT NULL,
    -- 1 consent, 2 contract, 3 legitimate interest, 4 soft opt-in, 5 legal obligation, 6 vital interest, 7 public task.
    LegalBasis  INT            NOT NULL,
    OccurredAt  DATETIME2(7)   NOT NULL,
    RecordedAt  DATETIME2(7)   NOT NULL,
    ExpiresAt   DATETIME2(7)   NULL,
    -- Where it was said, and its id there, for recording it only once; the key is its UTF-8.
    Source      NVARCHAR(100)  NOT NULL,
    ExternalId  NVARCHAR(200)  NULL,
    ExternalKey VARBINARY(800) NULL,
    -- What proves it: the text that was shown, where, and a keyed hash of the address it was sent from.
    ShownText   NVARCHAR(4000) NULL,
    Form        NVARCHAR(200)  NULL,
    Url         NVARCHAR(2000) NULL,
    IpKey       VARBINARY(32)  NULL,
    Reason      NVARCHAR(500)  NULL,
    -- Of what is to be confirmed: the fingerprint of the address that was asked. Only who reads that one can confirm.
    AddressKey  VARBINARY(32)  NULL,
    ActorKind   INT            NOT NULL,
    ActorId     NVARCHAR(40)   NULL,
    ActorName   NVARCHAR(200)  NOT NULL,
    CONSTRAINT PK_ConsentEntries PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_ConsentEntries_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_ConsentEntries_Customer ON ConsentEntries (TenantId, CustomerId, OccurredAt, Id);
CREATE UNIQUE INDEX UQ_ConsentEntries_External ON ConsentEntries (TenantId, Source, ExternalKey) WHERE ExternalKey IS NOT NULL;

-- What people can say yes or no to by itself: newsletter, offers.
CREATE TABLE ConsentTopics (
    TenantId      INT           NOT NULL,
    Id            BINARY(16)    NOT NULL,
    -- Lower case; what consents and messages name it by. It does not change.
    Name          NVARCHAR(100) NOT NULL,
    Title         NVARCHAR(200) NOT NULL,
    Description   NVARCHAR(500) NULL,
    Purpose       INT           NOT NULL,
    -- Shown on the preference page.
    IsPublic      BIT           NOT NULL,
    -- Goes to those who never said anything, until they say no.
    IsOnByDefault BIT           NOT NULL,
    Revision      INT           NOT NULL,
    CreatedAt     DATETIME2(7)  NOT NULL,
    UpdatedAt     DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_ConsentTopics PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_ConsentTopics_Name UNIQUE (TenantId, Name),
    CONSTRAINT FK_ConsentTopics_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- The colour of the tenant's public pages, #rrggbb; and for how long a double opt-in can be confirmed.
ALTER TABLE Tenants ADD BrandColor NVARCHAR(7) NULL;
ALTER TABLE Tenants ADD OptInDays INT NOT NULL CONSTRAINT DF_Tenants_OptInDays DEFAULT 7;
