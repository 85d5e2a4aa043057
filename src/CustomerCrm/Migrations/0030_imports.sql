CREATE TABLE Imports (
    TenantId        INT           NOT NULL,
    Id              BINARY(16)    NOT NULL,
    -- 1 customers, 2 interactions, 3 orders.
    Resource        INT           NOT NULL,
    FileName        NVARCHAR(200) NOT NULL,
    Bytes           BIGINT        NOT NULL,
    RowTotal        INT           NOT NULL,
    FormatText      NVARCHAR(MAX) NOT NULL,
    ColumnsText     NVARCHAR(MAX) NOT NULL,
    MappingText     NVARCHAR(MAX) NOT NULL,
    OnMatch         INT           NOT NULL,
    IsQuiet         BIT           NOT NULL,
    ClearsWithBlank BIT           NOT NULL,
    -- 1 ready, 2 checking, 3 checked, 4 running, 5 finished, 6 cancelled, 7 failed, 8 undoing, 9 undone.
    Status          INT           NOT NULL,
    -- How many rows the phase that goes on is done with; written with the rows themselves, so that it begins again where it stopped.
    Position        INT           NOT NULL,
    DryRunText      NVARCHAR(MAX) NULL,
    RunText         NVARCHAR(MAX) NULL,
    UndoText        NVARCHAR(MAX) NULL,
    FailureCode     NVARCHAR(50)  NULL,
    Revision        INT           NOT NULL,
    CreatedAt       DATETIME2(7)  NOT NULL,
    UpdatedAt       DATETIME2(7)  NOT NULL,
    DeletedAt       DATETIME2(7)  NULL,
    CONSTRAINT PK_Imports PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Imports_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);

-- What the dry run says of each row, and what the run did with it: what undo goes by. ResourceId is the customer, order or
-- interaction; no foreign key, since the row outlives what it wrote.
CREATE TABLE ImportRows (
    TenantId    INT           NOT NULL,
    ImportId    BINARY(16)    NOT NULL,
    -- 1 dry run, 2 run.
    Phase       INT           NOT NULL,
    Number      INT           NOT NULL,
    Line        INT           NOT NULL,
    -- 1 create, 2 update, 3 skip, 4 conflict, 5 invalid.
    Outcome     INT           NOT NULL,
    Reason      NVARCHAR(50)  NULL,
    ResourceId  BINARY(16)    NULL,
    ChangesText NVARCHAR(MAX) NULL,
    WrittenAt   DATETIME2(7)  NULL,
    -- 1 taken back, 2 kept because it was touched since.
    UndoneAs    INT           NULL,
    CONSTRAINT PK_ImportRows PRIMARY KEY (TenantId, ImportId, Phase, Number),
    CONSTRAINT FK_ImportRows_Imports FOREIGN KEY (TenantId, ImportId) REFERENCES Imports (TenantId, Id)
);
CREATE INDEX IX_ImportRows_Outcome ON ImportRows (TenantId, ImportId, Phase, Outcome, Number);

CREATE TABLE ImportErrors (
    TenantId   INT           NOT NULL,
    ImportId   BINARY(16)    NOT NULL,
    Phase      INT           NOT NULL,
    Number     INT           NOT NULL,
    -- The first error of the row is 0.
    Ordinal    INT           NOT NULL,
    Line       INT           NOT NULL,
    ColumnName NVARCHAR(200) NULL,
    Code       NVARCHAR(50)  NOT NULL,
    Detail     NVARCHAR(300) NOT NULL,
    CONSTRAINT PK_ImportErrors PRIMARY KEY (TenantId, ImportId, Phase, Number, Ordinal),
    CONSTRAINT FK_ImportErrors_Imports FOREIGN KEY (TenantId, ImportId) REFERENCES Imports (TenantId, Id)
);

-- How many rows were imported on a day (UTC): the quota is counted here, so that all processes count together.
CREATE TABLE ImportUsage (
    TenantId INT    NOT NULL,
    UsedOn   DATE   NOT NULL,
    RowTotal BIGINT NOT NULL,
    CONSTRAINT PK_ImportUsage PRIMARY KEY (TenantId, UsedOn),
    CONSTRAINT FK_ImportUsage_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
