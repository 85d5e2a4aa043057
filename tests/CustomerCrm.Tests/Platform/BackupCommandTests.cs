using CustomerCrm.Platform.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Platform;

public class BackupCommandTests
{
    [Test]
    public async Task A_backup_is_of_one_moment_while_others_write()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var stop = false;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop; i++) await AddPairAsync(temp, i);
            return true;
        });
        while (await PairsAsync(temp.File) < 20) await Task.Yield();

        var (code, said, file) = await BackUpAsync(temp);
        stop = true;
        await writing;

        Assert.That(code, Is.Zero, said);
        var (copied, now) = (await PairsAsync(file), await PairsAsync(temp.File));
        Assert.That(copied, Is.InRange(20, now));
        Assert.That(await OddOnesAsync(file), Is.Zero, "Half of a transaction.");
        Assert.That(await IntegrityAsync(file), Is.EqualTo("ok"));
    }

    [Test]
    public async Task The_program_starts_on_a_backup()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await AddPairAsync(temp, 1);
        var (_, _, file) = await BackUpAsync(temp);

        await using var restored = Database.For("Sqlite", $"Data Source={file}");
        var ran = await new Migrator(restored, TestApi.Clock).MigrateAsync(typeof(Program).Assembly, default);

        Assert.That(ran, Is.Empty, "Everything had run before.");
        Assert.That(await PairsAsync(file), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var (_, _, file) = await BackUpAsync(temp);
        var before = await File.ReadAllBytesAsync(file);

        var (code, said, _) = await BackUpAsync(temp);

        Assert.That((code, await File.ReadAllBytesAsync(file)), Is.EqualTo((1, before)));
        Assert.That(said, Does.Contain("is there already"));
    }

    [Test]
    public async Task What_cannot_be_is_said_in_a_sentence()
    {
        var errors = new StringWriter();

        var ofServer = await BackupCommand.RunAsync(new Databases(Database.For("SqlServer", "Server=none")), new("backup", "x.db"), TextWriter.Null, errors, default);
        var ofNothing = await BackupCommand.RunAsync(new Databases(Database.For("Sqlite", $"Data Source={Path.GetTempPath()}/{Guid.NewGuid():N}.db")), new("backup", "x.db"), TextWriter.Null, errors, default);
        var toNowhere = await BackupCommand.RunAsync(new Databases(Database.For("Sqlite", "Data Source=crm.db")), new("backup"), TextWriter.Null, errors, default);

        Assert.That((ofServer, ofNothing, toNowhere), Is.EqualTo((1, 1, 1)));
        Assert.That(errors.ToString().TrimEnd().Split('\n'), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_setting_behind_the_command_is_no_file()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var errors = new StringWriter();

        var code = await BackupCommand.RunAsync(new Databases(temp.Engine), new("backup", "--Database:ConnectionString", $"Data Source={temp.File}"), TextWriter.Null, errors, default);

        Assert.That((code, File.Exists("--Database:ConnectionString")), Is.EqualTo((1, false)));
        Assert.That(errors.ToString(), Does.Contain("backup FILE"));
    }

    private static async Task<(int Code, string Said, string File)> BackUpAsync(TempDatabase temp)
    {
        var (file, said) = (Path.ChangeExtension(temp.File, "backup"), new StringWriter());
        // As another process does: with a connection of its own.
        await using var database = Database.For("Sqlite", $"Data Source={temp.File}");
        var code = await BackupCommand.RunAsync(new Databases(database), new("backup", file), said, said, default);
        return (code, said.ToString(), file);
    }

    private static Task AddPairAsync(TempDatabase temp, int i) => temp.Engine.WriteAsync(async (connection, transaction) =>
    {
        await connection.ExecuteAsync(Insert, new { Name = $"left-{i}" }, transaction);
        await connection.ExecuteAsync(Insert, new { Name = $"right-{i}" }, transaction);
    }, default);

    private static Task<int> PairsAsync(string file) => AskAsync<int>(file, "SELECT COUNT(*) FROM InstallationSecrets WHERE Name LIKE 'left-%'");
    private static Task<int> OddOnesAsync(string file) => AskAsync<int>(file, "SELECT COUNT(*) % 2 FROM InstallationSecrets");
    private static Task<string> IntegrityAsync(string file) => AskAsync<string>(file, "PRAGMA integrity_check");

    private static async Task<T> AskAsync<T>(string file, string question)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        return (await connection.ExecuteScalarAsync<T>(question))!;
    }

    private const string Insert = "INSERT INTO InstallationSecrets (Name, Value, CreatedAt) VALUES (@Name, x'00', '2030-01-01 00:00:00')";
}
