using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;
using CustomerCrm.Platform.Problems;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Platform;

public class SqliteWriterTests
{
    [Test]
    public async Task Those_who_wait_share_a_commit_and_one_who_fails_undoes_only_its_own()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var holding = new TaskCompletionSource();
        var holder = temp.Engine.WriteAsync((_, _) => holding.Task, default); // the others queue behind it, into one batch

        var writes = Enumerable.Range(0, 50).Select(i => temp.Engine.WriteAsync(async (connection, transaction) =>
        {
            await connection.ExecuteAsync(Insert, new { Name = $"n{i}" }, transaction);
            if (i % 10 == 0) throw new InvalidTimeZoneException();
        }, default)).ToArray();
        holding.SetResult();
        await holder;

        var outcomes = await Task.WhenAll(writes.Select(async w => await Record(w)));
        Assert.That(outcomes.Count(e => e is InvalidTimeZoneException), Is.EqualTo(5));
        Assert.That(outcomes.Count(e => e is null), Is.EqualTo(45));
        Assert.That(await CountAsync(temp), Is.EqualTo(45));
    }

    /// <summary>More than a savepoint remembers in memory, and more than goes into the log at once.</summary>
    [Test]
    public async Task Megabytes_are_undone_and_committed_as_a_few_bytes_are()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await temp.Engine.WriteAsync((connection, transaction) => connection.ExecuteAsync("CREATE TABLE Things (Id INTEGER PRIMARY KEY, Text TEXT)", null, transaction), default);
        await temp.Engine.WriteAsync((connection, transaction) => connection.ExecuteAsync("""
            WITH RECURSIVE Numbers (N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM Numbers WHERE N < 5000)
            INSERT INTO Things SELECT N, printf('%.*c', 3000, 'x') FROM Numbers
            """, null, transaction), default);

        var failing = temp.Engine.WriteAsync(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("UPDATE Things SET Text = printf('%.*c', 3000, 'y')", null, transaction);
            throw new InvalidTimeZoneException();
        }, default);
        var beside = temp.Engine.WriteAsync((connection, transaction) => connection.ExecuteAsync("UPDATE Things SET Text = printf('%.*c', 3000, 'z') WHERE Id % 2 = 0", null, transaction), default);
        Assert.That(await Record(failing), Is.InstanceOf<InvalidTimeZoneException>());
        await beside;

        var reader = await temp.Engine.RentReaderAsync(0, default);
        Assert.That(await reader.QueryAsync<string>("SELECT substr(Text, 3000) || COUNT(*) FROM Things GROUP BY Text ORDER BY Text"), Is.EqualTo(new[] { "x2500", "z2500" }));
        Assert.That(await reader.ExecuteScalarAsync<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        await temp.Engine.ReturnAsync(reader);
    }

    [Test]
    public async Task One_who_gives_up_while_waiting_has_changed_nothing()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var holding = new TaskCompletionSource();
        var holder = temp.Engine.WriteAsync((_, _) => holding.Task, default);
        using var impatience = new CancellationTokenSource();

        var write = temp.Engine.WriteAsync(async (connection, transaction) =>
            await connection.ExecuteAsync(Insert, new { Name = "late" }, transaction), impatience.Token);
        await impatience.CancelAsync();
        Assert.That(await Record(write), Is.InstanceOf<OperationCanceledException>());
        holding.SetResult();
        await holder;

        Assert.That(await CountAsync(temp), Is.Zero);
    }

    /// <summary>Not even a sync sends them on, and every number of pages is tried that could just fill what waits.</summary>
    [Test]
    public async Task A_commit_in_one_piece_is_seen_whole_by_others_as_soon_as_it_is_done()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await using var writer = new SqliteConnection($"Data Source={temp.File};Vfs={SqliteWholeCommits.Name};Pooling=False");
        await using var reader = new SqliteConnection($"Data Source={temp.File};Pooling=False");
        await writer.OpenAsync();
        await reader.OpenAsync();
        await writer.ExecuteAsync("PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0; CREATE TABLE Things (Id INTEGER PRIMARY KEY, Text TEXT)");

        for (var pages = 1; pages <= 70; pages++)
        {
            await writer.ExecuteAsync("""
                WITH RECURSIVE Numbers (N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM Numbers WHERE N < @pages)
                INSERT INTO Things (Text) SELECT printf('%.*c', 3000, 'x') FROM Numbers
                """, new { pages });
            Assert.That(await reader.ExecuteScalarAsync<long>("SELECT SUM(length(rtrim(Text, 'x')) = 0) FROM Things"), Is.EqualTo(pages * (pages + 1) / 2));
        }
        Assert.That(await reader.ExecuteScalarAsync<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task After_the_end_a_write_is_refused_as_busy_and_not_lost_in_silence()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await temp.Engine.WriteAsync((_, _) => Task.CompletedTask, default);
        await temp.Engine.DisposeAsync();

        var refused = await Record(temp.Engine.WriteAsync((_, _) => Task.CompletedTask, default));

        Assert.That((refused as ApiProblem)?.Status, Is.EqualTo(503));
    }

    [Test]
    public async Task A_file_that_another_program_holds_is_busy_with_Retry_After()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await temp.Engine.WriteAsync((_, _) => Task.CompletedTask, default);
        await using var other = new SqliteConnection($"Data Source={temp.File}");
        await other.OpenAsync();
        await using var holding = other.BeginTransaction();

        var error = await Record(temp.Engine.WriteAsync((_, _) => Task.CompletedTask, default));

        var problem = error as ApiProblem ?? temp.Engine.ProblemOf((System.Data.Common.DbException)error!);
        Assert.That((problem!.Status, problem.RetryAfter), Is.EqualTo((503, TimeSpan.FromSeconds(1))));
    }

    [Test]
    public async Task A_full_database_is_507_and_works_again_when_there_is_room()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        await LimitAsync(temp, "max_page_count = 1");

        var error = await Record(temp.Engine.WriteAsync(async (connection, transaction) =>
            await connection.ExecuteAsync("INSERT INTO InstallationSecrets (Name, Value, CreatedAt) VALUES ('big', zeroblob(1000000), '2030-01-01')", transaction: transaction), default));
        var problem = temp.Engine.ProblemOf((System.Data.Common.DbException)error!);
        Assert.That((problem!.Status, problem.RetryAfter is not null), Is.EqualTo((507, true)));
        Assert.That(await CountAsync(temp), Is.Zero);

        await LimitAsync(temp, "max_page_count = 1000000");
        await temp.Engine.WriteAsync(async (connection, transaction) => await connection.ExecuteAsync(Insert, new { Name = "n" }, transaction), default);
        Assert.That(await CountAsync(temp), Is.EqualTo(1));
    }

    [Test]
    public async Task Commits_reach_the_disk_and_deletions_are_overwritten()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var settings = new List<string?>();

        await temp.Engine.WriteAsync(async (connection, transaction) =>
        {
            foreach (var pragma in new[] { "journal_mode", "synchronous", "foreign_keys", "secure_delete" })
                settings.Add((await connection.ExecuteScalarAsync<object>($"PRAGMA {pragma}", transaction: transaction))?.ToString());
        }, default);

        Assert.That(settings, Is.EqualTo(new[] { "wal", "2", "1", "1" }));
    }

    [Test]
    public async Task The_log_is_used_again_however_much_is_written()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        const int each = 4_000_000, times = 30;

        for (var i = 0; i < times; i++)
            await temp.Engine.WriteAsync(async (connection, transaction) =>
                await connection.ExecuteAsync("REPLACE INTO InstallationSecrets (Name, Value, CreatedAt) VALUES ('big', randomblob(@each), '2030-01-01')", new { each }, transaction), default);

        Assert.That(new FileInfo($"{temp.File}-wal").Length, Is.LessThan(each * times * 3L / 4));
    }

    private const string Insert = "INSERT INTO InstallationSecrets (Name, Value, CreatedAt) VALUES (@Name, x'00', '2030-01-01 00:00:00')";

    private static Task LimitAsync(TempDatabase temp, string pragma) =>
        temp.Engine.WriteAsync(async (connection, transaction) => await connection.ExecuteAsync($"PRAGMA {pragma}", transaction: transaction), default);

    private static async Task<long> CountAsync(TempDatabase temp)
    {
        var reader = await temp.Engine.RentReaderAsync(Database.EveryTenant, default);
        var count = await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM InstallationSecrets");
        await temp.Engine.ReturnAsync(reader);
        return count;
    }

    private static async Task<Exception?> Record(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
