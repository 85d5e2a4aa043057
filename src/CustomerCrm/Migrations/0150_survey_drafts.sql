-- What somebody has answered of a survey that they have not sent to its end. Goes when they do, or when it is closed as it is.
CREATE TABLE SurveyDrafts (
    TenantId     INT           NOT NULL,
    InvitationId BINARY(16)    NOT NULL,
    -- JSON by the key of the question: the answer, or null where the question was left out.
    AnswersText  NVARCHAR(MAX) NOT NULL,
    Language     NVARCHAR(35)  NULL,
    BegunAt      DATETIME2(7)  NOT NULL,
    -- When the last page was sent.
    StepAt       DATETIME2(7)  NOT NULL,
    ClosesAt     DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SurveyDrafts PRIMARY KEY (TenantId, InvitationId),
    CONSTRAINT FK_SurveyDrafts_Invitations FOREIGN KEY (TenantId, InvitationId) REFERENCES SurveyInvitations (TenantId, Id) ON DELETE CASCADE
);

ALTER TABLE SurveyResponses ADD IsComplete BIT NOT NULL CONSTRAINT DF_SurveyResponses_IsComplete DEFAULT 1;
CREATE INDEX IX_SurveyResponses_Partial ON SurveyResponses (TenantId, SurveyId, AnsweredAt) WHERE IsComplete = 0;
