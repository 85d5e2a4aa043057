-- What customers are asked. SettingsText is JSON: when it is sent, by what channel, to whom not, and what a low score starts.
CREATE TABLE Surveys (
    TenantId     INT           NOT NULL,
    Id           BINARY(16)    NOT NULL,
    Name         NVARCHAR(200) NOT NULL,
    -- 1 CSAT, 2 NPS, 3 CES, 4 free.
    Kind         INT           NOT NULL,
    -- 1 draft, 2 active, 3 paused.
    Status       INT           NOT NULL,
    -- The questions that are asked now: each version there was is a row of SurveyVersions.
    Version      INT           NOT NULL,
    SettingsText NVARCHAR(MAX) NOT NULL,
    -- What happened before it was active is not its business.
    ActiveSince  DATETIME2(7)  NULL,
    Revision     INT           NOT NULL,
    CreatedAt    DATETIME2(7)  NOT NULL,
    UpdatedAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_Surveys PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Surveys_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE INDEX IX_Surveys_Created ON Surveys (TenantId, CreatedAt, Id);

CREATE TABLE SurveyVersions (
    TenantId       INT           NOT NULL,
    SurveyId       BINARY(16)    NOT NULL,
    Version        INT           NOT NULL,
    DefinitionText NVARCHAR(MAX) NOT NULL,
    AuthorKind     INT           NOT NULL,
    AuthorId       NVARCHAR(40)  NULL,
    AuthorName     NVARCHAR(200) NOT NULL,
    CreatedAt      DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SurveyVersions PRIMARY KEY (TenantId, SurveyId, Version),
    CONSTRAINT FK_SurveyVersions_Surveys FOREIGN KEY (TenantId, SurveyId) REFERENCES Surveys (TenantId, Id)
);

-- Each time somebody was to be asked: whether they were, and why not.
CREATE TABLE SurveyInvitations (
    TenantId     INT           NOT NULL,
    Id           BINARY(16)    NOT NULL,
    SurveyId     BINARY(16)    NOT NULL,
    CustomerId   BINARY(16)    NOT NULL,
    -- Of the questions it asks; null until it is sent.
    Version      INT           NULL,
    -- 1 e-mail, 2 SMS, 3 link, 4 chat.
    Channel      INT           NOT NULL,
    -- 1 scheduled, 2 sent, 3 answered, 4 not sent.
    State        INT           NOT NULL,
    -- Why it was not sent.
    Code         NVARCHAR(100) NULL,
    -- 1 API, 2 rule, 3 ticket solved, 4 order delivered, 5 conversation closed, 6 segment joined, 7 another event.
    Cause        INT           NOT NULL,
    -- What made it: the event and its type; of a rule, its id.
    EventId      BINARY(16)    NULL,
    EventType    NVARCHAR(100) NULL,
    SourceId     NVARCHAR(40)  NULL,
    -- What it is about: ticket, order, conversation; and who worked on that.
    AboutKind    NVARCHAR(20)  NULL,
    AboutId      BINARY(16)    NULL,
    AgentId      BINARY(16)    NULL,
    TeamId       BINARY(16)    NULL,
    MessageId    BINARY(16)    NULL,
    -- JSON: what was asked before it was sent, and what was found.
    FindingsText NVARCHAR(MAX) NOT NULL,
    DueAt        DATETIME2(7)  NOT NULL,
    SentAt       DATETIME2(7)  NULL,
    ExpiresAt    DATETIME2(7)  NULL,
    -- Null where the survey is anonymous.
    AnsweredAt   DATETIME2(7)  NULL,
    CreatedAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SurveyInvitations PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_SurveyInvitations_Surveys FOREIGN KEY (TenantId, SurveyId) REFERENCES Surveys (TenantId, Id),
    CONSTRAINT FK_SurveyInvitations_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX UX_SurveyInvitations_Event ON SurveyInvitations (TenantId, SurveyId, EventId, CustomerId) WHERE EventId IS NOT NULL;
CREATE INDEX IX_SurveyInvitations_Created ON SurveyInvitations (TenantId, SurveyId, CreatedAt, Id);
CREATE INDEX IX_SurveyInvitations_Customer ON SurveyInvitations (TenantId, CustomerId, SentAt);
CREATE INDEX IX_SurveyInvitations_Sent ON SurveyInvitations (TenantId, SurveyId, SentAt, State, Channel) WHERE SentAt IS NOT NULL;

-- The answers. Of an anonymous survey neither customer, invitation, agent nor moment are kept, only the day.
CREATE TABLE SurveyResponses (
    TenantId            INT           NOT NULL,
    Id                  BINARY(16)    NOT NULL,
    SurveyId            BINARY(16)    NOT NULL,
    Version             INT           NOT NULL,
    CustomerId          BINARY(16)    NULL,
    InvitationId        BINARY(16)    NULL,
    Channel             INT           NOT NULL,
    Language            NVARCHAR(35)  NULL,
    Score               INT           NULL,
    -- 1 low (a detractor), 2 between, 3 high (a promoter); null where the score has no such parts.
    Standing            INT           NULL,
    AnswersText         NVARCHAR(MAX) NOT NULL,
    AboutKind           NVARCHAR(20)  NULL,
    AboutId             BINARY(16)    NULL,
    AgentId             BINARY(16)    NULL,
    TeamId              BINARY(16)    NULL,
    -- How the written answers sound, as in InteractionSentiments; null where nothing was written.
    SentimentLabel      INT           NULL,
    SentimentScore      FLOAT         NULL,
    SentimentConfidence FLOAT         NULL,
    SentimentLanguage   NVARCHAR(10)  NULL,
    SentimentEvidence   NVARCHAR(MAX) NULL,
    AnsweredAt          DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SurveyResponses PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_SurveyResponses_Surveys FOREIGN KEY (TenantId, SurveyId) REFERENCES Surveys (TenantId, Id),
    CONSTRAINT FK_SurveyResponses_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
-- The first answer counts, however many are sent at once.
CREATE UNIQUE INDEX UX_SurveyResponses_Invitation ON SurveyResponses (TenantId, InvitationId) WHERE InvitationId IS NOT NULL;
CREATE INDEX IX_SurveyResponses_Answered ON SurveyResponses (TenantId, AnsweredAt, Id);
CREATE INDEX IX_SurveyResponses_Survey ON SurveyResponses (TenantId, SurveyId, AnsweredAt, Id, Score, Channel, SentimentLabel);
CREATE INDEX IX_SurveyResponses_Customer ON SurveyResponses (TenantId, CustomerId, AnsweredAt, Id) WHERE CustomerId IS NOT NULL;
CREATE INDEX IX_SurveyResponses_Version ON SurveyResponses (TenantId, SurveyId, Version);
CREATE INDEX IX_SurveyResponses_About ON SurveyResponses (TenantId, AboutKind, AboutId) WHERE AboutId IS NOT NULL;

-- The same answers, one row for each thing that can be counted.
CREATE TABLE SurveyAnswers (
    TenantId    INT           NOT NULL,
    ResponseId  BINARY(16)    NOT NULL,
    QuestionKey NVARCHAR(50)  NOT NULL,
    -- '', a row of a matrix, or one of several choices.
    Item        NVARCHAR(50)  NOT NULL,
    SurveyId    BINARY(16)    NOT NULL,
    -- Of a scale.
    Number      INT           NULL,
    -- Of a choice or a matrix.
    Choice      NVARCHAR(50)  NULL,
    AnsweredAt  DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_SurveyAnswers PRIMARY KEY (TenantId, ResponseId, QuestionKey, Item),
    CONSTRAINT FK_SurveyAnswers_Responses FOREIGN KEY (TenantId, ResponseId) REFERENCES SurveyResponses (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SurveyAnswers_Question ON SurveyAnswers (TenantId, SurveyId, AnsweredAt, QuestionKey, Item, Number, Choice, ResponseId);

-- What each response counts to, as it was when it was given: 1 agent, 2 team, 3 segment, 4 product.
CREATE TABLE SurveyResponseGroups (
    TenantId   INT          NOT NULL,
    ResponseId BINARY(16)   NOT NULL,
    Kind       INT          NOT NULL,
    GroupId    BINARY(16)   NOT NULL,
    SurveyId   BINARY(16)   NOT NULL,
    Score      INT          NULL,
    AnsweredAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_SurveyResponseGroups PRIMARY KEY (TenantId, ResponseId, Kind, GroupId),
    CONSTRAINT FK_SurveyResponseGroups_Responses FOREIGN KEY (TenantId, ResponseId) REFERENCES SurveyResponses (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SurveyResponseGroups_Group ON SurveyResponseGroups (TenantId, SurveyId, Kind, AnsweredAt, GroupId, Score);

-- What becomes of a low score: who talks to the customer, and what came of it.
CREATE TABLE SurveyFollowUps (
    TenantId   INT            NOT NULL,
    ResponseId BINARY(16)     NOT NULL,
    SurveyId   BINARY(16)     NOT NULL,
    -- 1 open, 2 in progress, 3 closed.
    State      INT            NOT NULL,
    UserId     BINARY(16)     NULL,
    TeamId     BINARY(16)     NULL,
    TaskId     BINARY(16)     NULL,
    TicketId   BINARY(16)     NULL,
    -- 1 resolved, 2 explained, 3 compensated, 4 not reached, 5 nothing to do.
    Outcome    INT            NULL,
    Note       NVARCHAR(2000) NULL,
    OpenedAt   DATETIME2(7)   NOT NULL,
    DueAt      DATETIME2(7)   NULL,
    ClosedAt   DATETIME2(7)   NULL,
    CloserKind INT            NULL,
    CloserId   NVARCHAR(40)   NULL,
    CloserName NVARCHAR(200)  NULL,
    Revision   INT            NOT NULL,
    CONSTRAINT PK_SurveyFollowUps PRIMARY KEY (TenantId, ResponseId),
    CONSTRAINT FK_SurveyFollowUps_Responses FOREIGN KEY (TenantId, ResponseId) REFERENCES SurveyResponses (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_SurveyFollowUps_Opened ON SurveyFollowUps (TenantId, OpenedAt, ResponseId);
CREATE INDEX IX_SurveyFollowUps_State ON SurveyFollowUps (TenantId, State, OpenedAt, ResponseId);
CREATE INDEX IX_SurveyFollowUps_Survey ON SurveyFollowUps (TenantId, SurveyId, OpenedAt, State, ClosedAt);
