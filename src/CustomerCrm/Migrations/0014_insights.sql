-- One run of the models over a tenant's purchases, as of one day.
CREATE TABLE Fits (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    -- The last day that is looked at, in the tenant's zone.
    AsOf        DATE           NOT NULL,
    -- Whether its scores are to become those of the customers (CustomerScores).
    IsPublished BIT            NOT NULL,
    -- 1 queued, 2 running, 3 finished, 4 superseded by a later one that publishes.
    Status      INT            NOT NULL,
    -- What was found, as JSON: written once and read whole. Null until then.
    Result      NVARCHAR(MAX)  NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    StartedAt   DATETIME2(7)   NULL,
    FinishedAt  DATETIME2(7)   NULL,
    CONSTRAINT PK_Fits PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Fits_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Fits_AsOf ON Fits (TenantId, AsOf, Id);

-- Where each customer with a purchase stands, by the last run that published. A run replaces the rows in the order of the
-- customers' ids, some hundred in a transaction; until it is finished, rows say by FitId and AsOf which run they are of.
CREATE TABLE CustomerScores (
    TenantId           INT          NOT NULL,
    CustomerId         BINARY(16)   NOT NULL,
    FitId              BINARY(16)   NOT NULL,
    AsOf               DATE         NOT NULL,
    -- The currency of all that ends in Minor: the tenant's when the run was made.
    Currency           NVARCHAR(3)  NOT NULL,
    -- Days with a purchase, the days since the last of them, and what was spent on all of them.
    PurchaseDays       INT          NOT NULL,
    DaysSinceLast      INT          NOT NULL,
    SpendMinor         BIGINT       NOT NULL,
    -- Quintiles from 1 to 5, 5 being best.
    RecencyScore       INT          NOT NULL,
    FrequencyScore     INT          NOT NULL,
    MonetaryScore      INT          NOT NULL,
    -- 0 champions, 1 loyal_customers, 2 potential_loyalists, 3 new_customers, 4 promising, 5 need_attention,
    -- 6 about_to_sleep, 7 cannot_lose_them, 8 at_risk, 9 hibernating, 10 lost.
    RfmGroup           INT          NOT NULL,
    -- 1 new, 2 active, 3 at_risk, 4 lost.
    RetentionState     INT          NOT NULL,
    -- The chosen model: 0 BG/NBD, 1 Pareto/NBD, 2 MBG/NBD. It and what comes of it are null when none could be fitted.
    Model              INT          NULL,
    ProbabilityAlive   FLOAT        NULL,
    -- Within the twelve months after AsOf; Low and High are the 80 % predictive interval, here and below.
    ExpectedPurchases  FLOAT        NULL,
    PurchasesLow       INT          NULL,
    PurchasesHigh      INT          NULL,
    -- Of one coming purchase.
    ExpectedSpendMinor BIGINT       NULL,
    -- The discounted value of those twelve months.
    CltvMinor          BIGINT       NULL,
    CltvLowMinor       BIGINT       NULL,
    CltvHighMinor      BIGINT       NULL,
    -- Whether what comes of the model rests on enough, and the code of what it lacks ('sufficient' if nothing).
    IsSufficient       BIT          NOT NULL,
    ReasonCode         NVARCHAR(50) NOT NULL,
    CONSTRAINT PK_CustomerScores PRIMARY KEY (TenantId, CustomerId),
    CONSTRAINT FK_CustomerScores_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE,
    CONSTRAINT FK_CustomerScores_Fits FOREIGN KEY (TenantId, FitId) REFERENCES Fits (TenantId, Id)
);
CREATE INDEX IX_CustomerScores_Group ON CustomerScores (TenantId, RfmGroup, CustomerId);
CREATE INDEX IX_CustomerScores_State ON CustomerScores (TenantId, RetentionState, CustomerId);
CREATE INDEX IX_CustomerScores_Cltv ON CustomerScores (TenantId, CltvMinor, CustomerId);
CREATE INDEX IX_CustomerScores_Alive ON CustomerScores (TenantId, ProbabilityAlive, CustomerId);

-- A copy of the score's CltvMinor (0 without one), so that the list of customers can be ordered by it from an index.
ALTER TABLE Customers ADD CltvMinor BIGINT NOT NULL CONSTRAINT DF_Customers_Cltv DEFAULT 0;
CREATE INDEX IX_Customers_Cltv ON Customers (TenantId, CltvMinor, Id);
