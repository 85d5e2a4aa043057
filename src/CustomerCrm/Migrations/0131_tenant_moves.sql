-- A tenant that is being moved to another database: where to, and since when nobody may write for it. In the first database.
ALTER TABLE TenantPlaces ADD MovingTo NVARCHAR(50) NULL;
ALTER TABLE TenantPlaces ADD HeldAt DATETIME2(7) NULL;

-- For whom nobody writes in this database: what is here of the tenant is a copy that is not whole yet, or one that was left behind.
CREATE TABLE TenantHolds (
    TenantId INT          NOT NULL,
    Since    DATETIME2(7) NOT NULL,
    CONSTRAINT PK_TenantHolds PRIMARY KEY (TenantId)
);

-- How far a move has come in the database it goes to: how much of an index is written, by its name.
CREATE TABLE TenantMoveSteps (
    TenantId INT           NOT NULL,
    Name     NVARCHAR(100) NOT NULL,
    Done     BIGINT        NOT NULL,
    CONSTRAINT PK_TenantMoveSteps PRIMARY KEY (TenantId, Name)
);
