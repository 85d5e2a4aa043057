using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.People;

/// <summary>Forgets what has run out: sessions and their tokens, tenants to be that nobody confirmed, resets, letters that could not be delivered.</summary>
public sealed record PrunePeople;

/// <summary>Nightly, for the whole installation, some thousand at a time so that others write between.</summary>
internal sealed class PrunePeopleJob(Databases databases, TimeProvider clock) : IJob<PrunePeople>
{
    private const int MostAtOnce = 2000;

    /// <summary>The end of a session is not the end of its address being familiar.</summary>
    private static readonly TimeSpan sessionsKeptFor = TimeSpan.FromDays(30), lettersKeptFor = TimeSpan.FromDays(7);

    public async Task RunAsync(PrunePeople work, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await databases.First.System.ExecuteAsync(DeleteSignups, new { Now = now }, ct);
        await databases.First.System.ExecuteAsync(DeleteResets, new { Now = now }, ct);
        foreach (var db in databases.All.Select(d => d.System))
        {
            await db.ExecuteAsync(DeleteLetters, new { Before = now - lettersKeptFor }, ct);
            while (await db.ExecuteAsync(DeleteSessions, new { Before = now - sessionsKeptFor, Most = MostAtOnce }, ct) == MostAtOnce) { }
        }
    }

    private static readonly SystemSql DeleteSignups = SystemSql.Of("DELETE FROM Signups WHERE ExpiresAt < @Now");

    private static readonly SystemSql DeleteResets = SystemSql.Of("DELETE FROM PasswordResets WHERE ExpiresAt < @Now");

    private static readonly SystemSql DeleteLetters = SystemSql.Of("DELETE FROM Letters WHERE CreatedAt < @Before");

    // Which rows a DELETE takes first is said differently by the two. Their tokens go with them.
    private static readonly SystemSql DeleteSessions = SystemSql.Of(
        sqlServer: "DELETE TOP (@Most) FROM Sessions WHERE ExpiresAt < @Before",
        sqlite: """
            DELETE FROM Sessions
            WHERE rowid IN (SELECT rowid FROM Sessions WHERE ExpiresAt < @Before LIMIT @Most)
            """);
}
