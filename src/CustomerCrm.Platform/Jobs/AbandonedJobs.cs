using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;

namespace CustomerCrm.Platform.Jobs;

/// <summary>What the process before this one had in its hands when it died.</summary>
public static class AbandonedJobs
{
    /// <summary>
    /// Puts it back, so that it goes on at once and not only when the lease is over. Only in files that this process owns: nobody else can be at work there.
    /// It was no attempt, for most are not to blame; but who is there each time waits a little, so that others have been served by then, and is set aside in the end.
    /// </summary>
    public static async Task FreeAsync(SqliteFileLock files, TimeProvider clock, CancellationToken ct)
    {
        foreach (var database in files.Owned) await database.System.ExecuteAsync(Free, new { Now = clock.GetUtcNow(), Later = clock.GetUtcNow() + wait }, ct);
    }

    private static readonly TimeSpan wait = TimeSpan.FromSeconds(10);

    private static readonly SystemSql Free = SystemSql.Of("""
        UPDATE Jobs
        SET State = 0, DueAt = CASE WHEN Lost < 3 THEN @Now ELSE @Later END, Attempts = Attempts - 1, Lost = Lost + 1, Fence = Fence + 1, Owner = NULL
        WHERE State = 1
        """);
}
