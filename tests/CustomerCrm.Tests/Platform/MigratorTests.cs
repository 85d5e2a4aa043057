using CustomerCrm.Platform.Data;
using Dapper;

namespace CustomerCrm.Tests.Platform;

public class MigratorTests
{
    [Test]
    public async Task Two_programs_that_start_at_once_run_each_migration_once()
    {
        await using var temp = new TempDatabase();
        var migrators = Enumerable.Range(0, 4).Select(_ => new Migrator(temp.Engine, TestApi.Clock)).ToArray();

        var ran = await Task.WhenAll(migrators.Select(m => Task.Run(() => m.MigrateAsync(typeof(Program).Assembly, default))));

        var all = Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite").Select(s => s.Name).ToArray();
        Assert.That(ran.SelectMany(r => r).Order(), Is.EqualTo(all));
    }

    [Test]
    public async Task A_migration_that_was_edited_after_it_ran_is_refused()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await temp.Engine.WriteAsync(async (connection, transaction) =>
            await connection.ExecuteAsync("UPDATE Migrations SET Checksum = 'other' WHERE Name = '0001_tenants.sql'", transaction: transaction), default);

        var edited = Assert.ThrowsAsync<MigrationEditedException>(() => new Migrator(temp.Engine, TestApi.Clock).MigrateAsync(typeof(Program).Assembly, default));

        Assert.That(edited!.Message, Does.Contain("0001_tenants.sql"));
    }
}
