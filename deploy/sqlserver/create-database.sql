-- The database and the program's own login, as the server's administrator; it may run again:
--   sqlcmd -S … -v Database=crm Login=crm_app Password=… -i create-database.sql
-- The tables come from `migrate`, which needs an owner. Then the login below is enough: it reads and writes rows, and it sees how
-- tables are made and walled (VIEW DEFINITION), so that the program can refuse to start on a database that is not as it should be.
IF DB_ID(N'$(Database)') IS NULL CREATE DATABASE [$(Database)];
GO
-- Readers do not wait for writers, and the page of a customer is of one moment.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'$(Database)' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE [$(Database)] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [$(Database)] SET ALLOW_SNAPSHOT_ISOLATION ON;
-- A statement does not wait for the statistics it wants. The store shows which plan a tenant of another size has spoilt.
ALTER DATABASE [$(Database)] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [$(Database)] SET QUERY_STORE = ON;
GO
IF SUSER_ID(N'$(Login)') IS NULL CREATE LOGIN [$(Login)] WITH PASSWORD = N'$(Password)';
GO
USE [$(Database)];
GO
IF USER_ID(N'$(Login)') IS NULL CREATE USER [$(Login)] FOR LOGIN [$(Login)];
ALTER ROLE db_datareader ADD MEMBER [$(Login)];
ALTER ROLE db_datawriter ADD MEMBER [$(Login)];
GRANT VIEW DEFINITION TO [$(Login)];
GO
