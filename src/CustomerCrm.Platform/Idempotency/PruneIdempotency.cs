using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>Forgets the answers of all tenants that are older than they are kept.</summary>
public sealed record PruneIdempotency;

/// <summary>Nightly, for the whole installation, some thousand at a time so that others write between.</summary>
internal sealed class PruneIdempotencyJob(Databases databases, TimeProvider clock) : IJob<PruneIdempotency>
{
    private const int MostAtOnce = 5000;

    public async Task RunAsync(PruneIdempotency work, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - IdempotencyRecords.KeptFor;
        foreach (var database in databases.All)
            while (await database.System.ExecuteAsync(DeleteOld, new { Before = before, Most = MostAtOnce }, ct) > 0) { }
    }

    // Which rows a DELETE takes first is said differently by the two. SQLite keeps rows in the order in which they came, so that the old ones are found without an index.
    private static readonly SystemSql DeleteOld = SystemSql.Of(
        sqlServer: "DELETE TOP (@Most) FROM IdempotencyRecords WHERE CreatedAt < @Before",
        sqlite: """
            DELETE FROM IdempotencyRecords
            WHERE CreatedAt < @Before
              AND rowid IN (SELECT rowid FROM IdempotencyRecords ORDER BY rowid LIMIT @Most)
            """);
}
