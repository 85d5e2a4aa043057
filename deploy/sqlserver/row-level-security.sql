-- The wall between tenants that SQL Server itself holds, beside the program's own: a statement that forgot the tenant would find
-- no row of another one, and could write none. It needs Database:RowLevelSecurity=true in every process, because only then does
-- each connection say for whom it works; one that says nothing sees nothing. -1 stands for every tenant: what the
-- program's own work needs (claiming jobs, looking up keys, migrations), and nothing that features can reach.
--
-- `dotnet CustomerCrm.dll migrate` runs it whenever a table is not behind the wall yet. By hand it may run as often as you like, as
-- the owner of the database. The program's own login must not be an owner: an owner could take the wall down.
--
-- Every table with a column TenantId is found in the catalogue, so that a new one is never left out.
SET XACT_ABORT ON;
BEGIN TRANSACTION;
EXEC sys.sp_getapplock @Resource = N'CustomerCrm.Migrations', @LockMode = N'Exclusive', @LockTimeout = 600000;

IF OBJECT_ID(N'dbo.TenantWall') IS NOT NULL DROP SECURITY POLICY dbo.TenantWall;
IF OBJECT_ID(N'dbo.RowsOfTenant') IS NOT NULL DROP FUNCTION dbo.RowsOfTenant;

EXEC sys.sp_executesql N'
CREATE FUNCTION dbo.RowsOfTenant (@TenantId INT) RETURNS TABLE WITH SCHEMABINDING AS RETURN
    SELECT 1 AS IsSeen
    WHERE @TenantId = CAST(SESSION_CONTEXT(N''tenant_id'') AS INT)
       OR CAST(SESSION_CONTEXT(N''tenant_id'') AS INT) = -1';

-- A filter hides rows from every statement but does not refuse to insert them, or to give them away; the blocks do.
DECLARE @OfOneTable NVARCHAR(MAX) = N'
    ADD FILTER PREDICATE dbo.RowsOfTenant(TenantId) ON {table},
    ADD BLOCK PREDICATE dbo.RowsOfTenant(TenantId) ON {table} AFTER INSERT,
    ADD BLOCK PREDICATE dbo.RowsOfTenant(TenantId) ON {table} AFTER UPDATE,
    ADD BLOCK PREDICATE dbo.RowsOfTenant(TenantId) ON {table} BEFORE UPDATE,
    ADD BLOCK PREDICATE dbo.RowsOfTenant(TenantId) ON {table} BEFORE DELETE';

DECLARE @OfEveryTable NVARCHAR(MAX) = (
    SELECT STRING_AGG(REPLACE(@OfOneTable, N'{table}', QUOTENAME(SCHEMA_NAME(t.schema_id)) + N'.' + QUOTENAME(t.name)), N',')
    FROM sys.tables t
    JOIN sys.columns c ON c.object_id = t.object_id AND c.name = N'TenantId');

DECLARE @Policy NVARCHAR(MAX) = N'
CREATE SECURITY POLICY dbo.TenantWall' + @OfEveryTable + N'
    WITH (STATE = ON, SCHEMABINDING = ON)';
EXEC sys.sp_executesql @Policy;
COMMIT TRANSACTION;
