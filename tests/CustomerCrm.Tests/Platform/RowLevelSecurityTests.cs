using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.SqlServer;
using CustomerCrm.Platform.Tenancy;
using Dapper;
using Microsoft.Data.SqlClient;

namespace CustomerCrm.Tests.Platform;

/// <summary>The wall on a live server, in a database of its own: the suite's would be blinded by it. Two connections in the pool, so that they change hands.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class RowLevelSecurityTests
{
    private const int Blocked = 33504;

    private readonly string name = $"crm_wall_{Guid.NewGuid():N}";
    private SqlServerDatabase engine = null!;
    private string connectionString = "";
    private int acme, other;

    [OneTimeSetUp]
    public async Task RaiseAsync()
    {
        if (!TestApi.IsSqlServer) Assert.Ignore("This needs a live SQL Server: row-level security is its own.");
        var server = Environment.GetEnvironmentVariable("CRM_TEST_CONNECTION")!;
        await using var master = new SqlConnection(server);
        await master.ExecuteAsync($"CREATE DATABASE [{name}]");
        connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name, MaxPoolSize = 2 }.ConnectionString;
        if (!await TakesPoliciesAsync()) Assert.Ignore("This server does not take CREATE SECURITY POLICY.");

        DapperTypes.Register(typeof(Database).Assembly, typeof(Program).Assembly);
        engine = (SqlServerDatabase)Database.For("SqlServer", connectionString, rowLevelSecurity: true);
        await new Migrator(engine, TestApi.Clock).MigrateAsync(typeof(Program).Assembly, default);
        acme = await TenantAsync();
        other = await TenantAsync();
    }

    [OneTimeTearDown]
    public async Task DropAsync()
    {
        if (connectionString.Length == 0) return;
        SqlConnection.ClearAllPools();
        await using var master = new SqlConnection(Environment.GetEnvironmentVariable("CRM_TEST_CONNECTION"));
        await master.ExecuteAsync($"DROP DATABASE [{name}]");
    }

    [Test]
    public async Task A_statement_that_forgets_the_tenant_finds_only_its_own_rows_in_every_table()
    {
        await using var reader = await engine.RentReaderAsync(acme, default);
        var tables = (await reader.QueryAsync<string>("SELECT t.name FROM sys.tables t JOIN sys.columns c ON c.object_id = t.object_id WHERE c.name = N'TenantId'")).AsList();

        foreach (var table in tables)
            Assert.That(await reader.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM [{table}] WHERE TenantId <> @acme", new { acme }), Is.Zero, table);
        Assert.That(tables, Has.Count.GreaterThan(20));
        Assert.That(await reader.QueryAsync<int>("SELECT TenantId FROM Tenants"), Is.EqualTo(new[] { acme }));
    }

    [Test]
    public async Task A_connection_that_was_told_nothing_finds_nothing()
    {
        await using var stranger = new SqlConnection(connectionString);

        Assert.That(await stranger.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Tenants"), Is.Zero);
    }

    [Test]
    public async Task A_reading_connection_cannot_be_talked_round()
    {
        await using var reader = await engine.RentReaderAsync(acme, default);

        Assert.ThrowsAsync<SqlException>(() => reader.ExecuteAsync("EXEC sys.sp_set_session_context N'tenant_id', -1"));
    }

    [Test]
    public async Task Nothing_can_be_written_to_another_tenant_or_given_away()
    {
        await engine.WriteAsync(async (connection, transaction) =>
        {
            await engine.ShowAsync(connection, transaction, acme, default);
            var touched = await connection.ExecuteAsync("UPDATE EventHeads SET LastSeq = LastSeq WHERE TenantId = @other", new { other }, transaction);
            var deleted = await connection.ExecuteAsync("DELETE FROM EventHeads WHERE TenantId = @other", new { other }, transaction);
            Assert.That((touched, deleted), Is.EqualTo((0, 0)));
        }, default);

        Assert.That(await ErrorOfAsync("INSERT INTO EventConsumers (TenantId, Name, LastSeq) VALUES (@other, N'x', 0)"), Is.EqualTo(Blocked));
        Assert.That(await ErrorOfAsync("UPDATE ApiKeys SET TenantId = @other"), Is.EqualTo(Blocked));
    }

    [Test]
    public async Task Two_hundred_that_take_turns_on_two_connections_never_mix()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var mine = i % 2 == 0 ? acme : other;
            await using var reader = await engine.RentReaderAsync(mine, default);
            return (Mine: mine, Seen: (await reader.QueryAsync<int>("SELECT TenantId FROM ApiKeys")).Distinct().ToArray());
        }));

        Assert.That(seen.Where(s => !s.Seen.SequenceEqual([s.Mine])), Is.Empty);
    }

    private async Task<int> TenantAsync()
    {
        await using var db = new TenantDb(new Databases(engine), new CurrentTenant());
        var profile = new TenantProfile { Name = "Acme", TimeZone = "UTC", Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 };
        return (await new TenantRegistry(db, new Databases(engine), TestApi.Clock).CreateAsync(profile, default)).Live.TenantId;
    }

    private async Task<int> ErrorOfAsync(string statement)
    {
        var refused = Assert.ThrowsAsync<SqlException>(() => engine.WriteAsync(async (connection, transaction) =>
        {
            await engine.ShowAsync(connection, transaction, acme, default);
            await connection.ExecuteAsync(statement, new { other }, transaction);
        }, default));
        return await Task.FromResult(refused!.Number);
    }

    // Tried on a table that is not ours: what is wrong with our own script must fail, not skip.
    private async Task<bool> TakesPoliciesAsync()
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.ExecuteAsync("CREATE TABLE dbo.Trial (Id INT NOT NULL)");
        try
        {
            await connection.ExecuteAsync("EXEC('CREATE FUNCTION dbo.TrialRows (@Id INT) RETURNS TABLE WITH SCHEMABINDING AS RETURN SELECT 1 AS IsSeen WHERE @Id = 1')");
            await connection.ExecuteAsync("CREATE SECURITY POLICY dbo.TrialWall ADD FILTER PREDICATE dbo.TrialRows(Id) ON dbo.Trial WITH (STATE = ON)");
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }
}
