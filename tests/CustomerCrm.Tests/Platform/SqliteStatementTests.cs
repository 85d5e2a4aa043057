using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Platform;

public class SqliteStatementTests
{
    private const string Insert = "INSERT INTO Things (TenantId, Value) VALUES (@TenantId, @Value)";

    private static readonly object[] values =
    [
        new { Value = "text" }, new { Value = "" }, new { Value = "Ä€😀 'quoted'" }, new { Value = new string('ß', 256) }, new { Value = new string('x', 5000) }, new { Value = (string?)null },
        new { Value = 7 }, new { Value = long.MinValue }, new { Value = true }, new { Value = false }, new { Value = 0.1 }, new { Value = DayOfWeek.Friday },
        new { Value = (int?)null }, new { Value = (int?)-1 }, new { Value = (DayOfWeek?)null }, new { Value = (DayOfWeek?)DayOfWeek.Monday },
        new { Value = new byte[] { 0, 1, 255 } }, new { Value = Array.Empty<byte>() }, new { Value = (byte[]?)null },
        new { Value = Id<Customer>.New() }, new { Value = (Id<Customer>?)null }, new { Value = (Id<Customer>?)Id<Customer>.New() },
        new { Value = new DateTimeOffset(2030, 1, 15, 9, 0, 0, TimeSpan.Zero) }, new { Value = new DateTimeOffset(2030, 1, 15, 9, 0, 0, 120, TimeSpan.FromHours(5.5)) },
        new { Value = DateTimeOffset.MaxValue }, new { Value = DateTimeOffset.MinValue }, new { Value = (DateTimeOffset?)null },
        new { Value = new DateOnly(1815, 12, 10) }, new { Value = (DateOnly?)null },
    ];

    [TestCaseSource(nameof(values))]
    public void Writes_a_value_as_the_driver_does(object args)
    {
        DapperTypes.Register(typeof(Database).Assembly, typeof(Program).Assembly);
        using var connection = WithThings();
        using var statement = new SqliteStatement(connection, Insert);

        var isDone = statement.TryRun(17, args, out var changed);
        connection.Execute(Insert, new TenantParameters(args, new Dictionary<string, object?>(), take: null, tenantId: 17));

        Assert.That((isDone, changed), Is.EqualTo((true, 1)));
        Assert.That(connection.Query<string>("SELECT DISTINCT TenantId || typeof(Value) || quote(Value) FROM Things").Count(), Is.EqualTo(1));
    }

    [Test]
    public void Leaves_to_the_driver_what_only_the_driver_knows()
    {
        using var connection = WithThings();
        using var one = new SqliteStatement(connection, Insert);
        using var two = new SqliteStatement(connection, $"{Insert}; {Insert}");

        Assert.That(one.TryRun(17, new { Value = 1.5m }, out _), Is.False);
        Assert.That(one.TryRun(17, new { Valeu = 1 }, out _), Is.False);
        Assert.That(one.TryRun(17, null, out _), Is.False);
        Assert.That(two.TryRun(17, new { Value = 1 }, out _), Is.False);
        Assert.That(connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Things"), Is.Zero);
    }

    [Test]
    public void A_tenant_among_the_arguments_does_not_pass_for_the_current_one()
    {
        using var connection = WithThings();
        using var statement = new SqliteStatement(connection, Insert);

        statement.TryRun(17, new { TenantId = 18, Value = 1 }, out _);

        Assert.That(connection.ExecuteScalar<int>("SELECT TenantId FROM Things"), Is.EqualTo(17));
    }

    [Test]
    public void A_statement_that_fails_says_why_and_works_again()
    {
        using var connection = WithThings();
        connection.Execute("CREATE UNIQUE INDEX UQ_Value ON Things (Value)");
        using var statement = new SqliteStatement(connection, Insert);
        statement.TryRun(17, new { Value = 1 }, out _);

        var refused = Assert.Throws<SqliteException>(() => statement.TryRun(17, new { Value = 1 }, out _));
        statement.TryRun(17, new { Value = 2 }, out var changed);

        Assert.That((refused.SqliteErrorCode, refused.SqliteExtendedErrorCode, changed), Is.EqualTo((19, 2067, 1)));
    }

    private static SqliteConnection WithThings()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("CREATE TABLE Things (TenantId INT, Value)");
        return connection;
    }
}
