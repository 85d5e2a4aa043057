using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;

namespace CustomerCrm.Platform.Jobs;

/// <summary>What the process before this one had in its hands when it died.</summary>
public static class AbandonedJobs
{
    /// <summary>
    /// Puts it back, so that it goes on at once and not only when the lease is over. Only in files that this process owns: nobody else can be at work there.
    /// The attempt counts, so that a job that kills the program is set aside in the end.
    /// </summary>
    public static async Task FreeAsync(SqliteFileLock files, TimeProvider clock, CancellationToken ct)
    {
        foreach (var database in files.Owned) await database.System.ExecuteAsync(Free, new { Now = clock.GetUtcNow() }, ct);
    }

    private static readonly SystemSql Free = SystemSql.Of("UPDATE Jobs SET State = 0, DueAt = @Now, Fence = Fence + 1, Owner = NULL WHERE State = 1");
}
