-- Which database a data set lives in, by the name that the settings give it. Kept in the first database alone, and empty in the others.
CREATE TABLE TenantPlaces (
    TenantId INT          NOT NULL,
    Place    NVARCHAR(50) NOT NULL,
    CONSTRAINT PK_TenantPlaces PRIMARY KEY (TenantId)
);
INSERT INTO TenantPlaces (TenantId, Place)
SELECT TenantId, 'main' FROM Tenants;
