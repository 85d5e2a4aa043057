using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;
using Dapper;
using SQLitePCL;

namespace CustomerCrm.Tests.Platform;

public class PreparingConnectionTests
{
    // The finalizer has a thread of its own, and nothing locks a connection: it brought the program down when a tenant was moved.
    [Test]
    public async Task A_command_that_nobody_gives_back_is_not_freed_beside_whoever_uses_the_connection()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var connection = (PreparingConnection)await temp.Engine.RentReaderAsync(Database.EveryTenant, default);
        await ReadAsync(connection);
        var before = BytesOfStatements(connection);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.That((before > 0, BytesOfStatements(connection)), Is.EqualTo((true, before)));
        await temp.Engine.ReturnAsync(connection);
    }

    [Test]
    public async Task A_statement_is_prepared_once_for_all_who_give_it_back()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var connection = (PreparingConnection)await temp.Engine.RentReaderAsync(Database.EveryTenant, default);
        await connection.QueryAsync<int>(Some);
        var once = BytesOfStatements(connection);

        for (var i = 0; i < 20; i++) await connection.QueryAsync<int>(Some);

        Assert.That((once > 0, BytesOfStatements(connection)), Is.EqualTo((true, once)));
        await temp.Engine.ReturnAsync(connection);
    }

    private const string Some = "SELECT TenantId FROM Tenants ORDER BY Name";

    // Dapper's reader gives its command back when it is disposed, and not when it is disposed asynchronously.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task ReadAsync(PreparingConnection connection)
    {
        await using var reader = await connection.ExecuteReaderAsync(Some);
        while (await reader.ReadAsync()) { }
    }

    private static int BytesOfStatements(PreparingConnection connection)
    {
        const int statements = 3; // SQLITE_DBSTATUS_STMT_USED
        Assert.That(raw.sqlite3_db_status(connection.Inner.Handle!, statements, out var bytes, out _, 0), Is.Zero);
        return bytes;
    }
}
