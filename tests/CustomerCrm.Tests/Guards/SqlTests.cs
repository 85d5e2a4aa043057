using System.Text.RegularExpressions;
using CustomerCrm.Platform.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Guards;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
public partial class SqlTests
{
    private readonly SqliteConnection sqlite = new("Data Source=:memory:");

    [OneTimeSetUp]
    public void CreateSchema()
    {
        sqlite.Open();
        foreach (var script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite")) sqlite.Execute(script.Text);
        sqlite.Execute("CREATE TABLE Migrations (Name TEXT, Checksum TEXT, AppliedAt TEXT)");
    }

    [OneTimeTearDown]
    public void Close() => sqlite.Dispose();

    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.All))]
    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.OfLists))]
    public void Is_T_SQL(Sql sql) => TSql.Parse(sql.SqlServer);

    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.All))]
    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.OfLists))]
    public void Compiles_against_the_SQLite_schema(Sql sql)
    {
        var names = ParameterName().Matches(sql.Sqlite).Select(m => m.Value).Distinct();
        lock (sqlite)
            sqlite.Query("EXPLAIN " + sql.Sqlite, new DynamicParameters(names.ToDictionary(n => n, _ => (object?)null)));
    }

    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.Tenant))]
    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.OfLists))]
    public void Ties_every_table_to_the_tenant(Sql sql) =>
        Assert.That(TSql.TablesWithoutTenant(TSql.Parse(sql.SqlServer)), Is.Empty, sql.SqlServer);

    /// <summary>SQLite reads BINARY as a number type: CAST(x'616263' AS BINARY(3)) is 0. Bytes need no cast on SQL Server either.</summary>
    [TestCaseSource(typeof(EveryStatement), nameof(EveryStatement.All))]
    public void Never_casts_bytes(Sql sql) => Assert.That(sql.Sqlite, Does.Not.Match(@"AS (VAR)?BINARY\b"));

    /// <summary>Tenants may be spread over databases: what the directory alone holds is in no other one.</summary>
    [Test]
    public void No_statement_joins_the_directory_with_what_tenants_have()
    {
        string[] ofDirectory = ["TenantPlaces", "People", "RecoveryCodes", "PasswordResets", "Signups", "OperatorKeys", "InstallationSecrets"];
        var mixed = EveryStatement.Fields<Sql>()
            .Select(f => (f.Field, Tables: TableName().Matches(f.Value.SqlServer).Select(m => m.Groups[1].Value).Distinct().ToArray()))
            .Where(f => f.Tables.Any(ofDirectory.Contains) && f.Tables.Any(t => !ofDirectory.Contains(t)));

        Assert.That(mixed.Select(f => $"{f.Field.DeclaringType!.Name}.{f.Field.Name}"), Is.Empty);
        Assert.That(EveryStatement.Fields<TenantSql>().Where(f => ofDirectory.Any(t => TableName().Matches(f.Value.SqlServer).Any(m => m.Groups[1].Value == t))).Select(f => f.Field.Name), Is.Empty);
    }

    [Test]
    public void The_tenant_guard_sees_a_join_that_forgets_the_tenant()
    {
        var leak = TSql.Parse("SELECT 1 FROM Orders o JOIN Customers c ON c.Id = o.CustomerId WHERE o.TenantId = @TenantId");

        Assert.That(TSql.TablesWithoutTenant(leak), Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public void The_tenant_guard_sees_a_sub_query_that_forgets_the_tenant()
    {
        var leak = TSql.Parse("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND EXISTS (SELECT 1 FROM Orders o WHERE o.CustomerId = c.Id)");

        Assert.That(TSql.TablesWithoutTenant(leak), Is.EqualTo(new[] { "o" }));
    }

    [Test]
    public void Migrations_are_T_SQL()
    {
        foreach (var script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlserver")) TSql.Parse(script.Text);
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE)\s+([A-Z][A-Za-z]+)\b(?!\.)")]
    private static partial Regex TableName();

    [GeneratedRegex("@[A-Za-z0-9]+")]
    private static partial Regex ParameterName();
}
