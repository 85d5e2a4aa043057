using System.Diagnostics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;

namespace CustomerCrm.Tests.Platform;

public class SqliteFileLockTests
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-lock-{Guid.NewGuid():N}.db");

    [TearDown]
    public void Remove()
    {
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }

    [Test]
    public void A_file_has_one_owner_until_it_is_given_back()
    {
        var database = new Databases(Database.For("Sqlite", $"Data Source={file}"));

        using (SqliteFileLock.Take(database))
            Assert.That(() => SqliteFileLock.Take(database), Throws.TypeOf<DatabaseInUseException>().With.Message.Contains(file));

        Assert.That(() => SqliteFileLock.Take(database).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Of_several_files_all_are_owned_or_none()
    {
        var (eu, us) = ($"{file}.eu", $"{file}.us");
        using var other = SqliteFileLock.Take(new Databases(Database.For("Sqlite", $"Data Source={us}")));

        var both = new Databases(Database.For("Sqlite", $"Data Source={eu}"), [Database.For("Sqlite", $"Data Source={us}", place: "us")]);

        Assert.That(() => SqliteFileLock.Take(both), Throws.TypeOf<DatabaseInUseException>().With.Message.Contains(us));
        Assert.That(() => SqliteFileLock.Take(new Databases(Database.For("Sqlite", $"Data Source={eu}"))).Dispose(), Throws.Nothing);
    }

    [TestCase("Sqlite", "Data Source=:memory:")]
    [TestCase("SqlServer", "Server=none")]
    public void What_is_no_file_has_any_number_of_owners(string engine, string connection)
    {
        var database = new Databases(Database.For(engine, connection));

        using var one = SqliteFileLock.Take(database);
        Assert.That(() => SqliteFileLock.Take(database).Dispose(), Throws.Nothing);
    }

    [Test]
    public async Task A_second_process_says_so_and_ends_with_3()
    {
        using var owner = SqliteFileLock.Take(new Databases(Database.For("Sqlite", $"Data Source={file}")));

        var second = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(Program).Assembly.Location, "--Database:Engine=Sqlite", $"--Database:ConnectionString=Data Source={file}", "--Urls=http://127.0.0.1:0" })
            second.ArgumentList.Add(argument);
        using var process = Process.Start(second)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var kill = limit.Token.Register(() => process.Kill()); // one that was let in would run for ever
        var output = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(SqliteFileLock.ExitCode), said);
        Assert.That(said.Trim().Split('\n'), Has.Length.EqualTo(1).And.Some.Contains($"already using the database file {file}"));
    }
}
