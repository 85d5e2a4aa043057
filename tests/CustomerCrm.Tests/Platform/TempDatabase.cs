using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;

namespace CustomerCrm.Tests.Platform;

/// <summary>A migrated SQLite database of a test's own, for what must not be shared: held transactions, migrations.</summary>
internal sealed class TempDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-test-");

    public TempDatabase()
    {
        Engine = (SqliteDatabase)Database.For("Sqlite", $"Data Source={File}");
        System = new SystemDb(Engine);
    }

    public string File => Path.Combine(folder.FullName, "crm.db");
    public SqliteDatabase Engine { get; }
    public SystemDb System { get; }

    public static async Task<TempDatabase> MigratedAsync()
    {
        DapperTypes.Register(typeof(Database).Assembly, typeof(Program).Assembly);
        var temp = new TempDatabase();
        await new Migrator(temp.Engine, TestApi.Clock).MigrateAsync(typeof(Program).Assembly, default);
        return temp;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
