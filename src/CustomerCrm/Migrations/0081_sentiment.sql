-- How the customer seems to feel in each inbound interaction with a text, and what people say of it.
CREATE TABLE InteractionSentiments (
    TenantId      INT           NOT NULL,
    InteractionId BINARY(16)    NOT NULL,
    -- The interaction's own, so that a report is one range of an index.
    OccurredAt    DATETIME2(7)  NOT NULL,
    Score         FLOAT         NOT NULL,
    -- 1 negative, 2 neutral, 3 positive, 4 mixed: as it was read, and as a person corrected or confirmed it.
    ReadLabel     INT           NOT NULL,
    CorrectLabel  INT           NULL,
    -- The correct one where there is one.
    Label         INT           NOT NULL,
    Confidence    FLOAT         NOT NULL,
    Language      NVARCHAR(10)  NULL,
    EvidenceText  NVARCHAR(MAX) NOT NULL,
    ReadAt        DATETIME2(7)  NOT NULL,
    -- 1 api_key, 2 user, 3 job, 4 import; with the id as the API writes it and the name it had then.
    CorrectorKind INT           NULL,
    CorrectorId   NVARCHAR(40)  NULL,
    CorrectorName NVARCHAR(200) NULL,
    CorrectedAt   DATETIME2(7)  NULL,
    CONSTRAINT PK_InteractionSentiments PRIMARY KEY (TenantId, InteractionId),
    CONSTRAINT FK_InteractionSentiments_Interactions FOREIGN KEY (TenantId, InteractionId) REFERENCES Interactions (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_InteractionSentiments_Occurred ON InteractionSentiments (TenantId, OccurredAt, Label, Score);
CREATE INDEX IX_InteractionSentiments_Corrected ON InteractionSentiments (TenantId, OccurredAt, ReadLabel, CorrectLabel) WHERE CorrectLabel IS NOT NULL;

-- Days on which far more or far fewer customers were unhappy than before.
CREATE TABLE SentimentShifts (
    TenantId         INT          NOT NULL,
    Id               BINARY(16)   NOT NULL,
    -- The last of the days looked at, in the tenant's zone, and how many they are.
    Day              DATE         NOT NULL,
    Days             INT          NOT NULL,
    IsWorse          BIT          NOT NULL,
    NegativeCount    INT          NOT NULL,
    TotalCount       INT          NOT NULL,
    NegativeBefore   INT          NOT NULL,
    TotalBefore      INT          NOT NULL,
    Deviations       FLOAT        NOT NULL,
    FoundAt          DATETIME2(7) NOT NULL,
    CONSTRAINT PK_SentimentShifts PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_SentimentShifts_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_SentimentShifts_Day ON SentimentShifts (TenantId, Day, Days);
