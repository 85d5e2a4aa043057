using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Sentiment;

/// <summary>Look for inbound interactions that have not been read: what was there before, and what came without an event of its own.</summary>
public sealed record ReadSentiments;

internal sealed class ReadSentimentsJob(TenantDb db, SentimentWriter writer) : IJob<ReadSentiments>
{
    private const int AtOnce = 50;

    // A few in a transaction, so that no writer waits long.
    public async Task RunAsync(ReadSentiments work, CancellationToken ct)
    {
        var after = new Id<Interaction>(Guid.Empty);
        while (await db.QueryTopAsync<Id<Interaction>>(Unread, AtOnce, new { After = after }, ct) is { Count: > 0 } unread)
        {
            await db.InTransactionAsync(async () =>
            {
                foreach (var id in unread) await writer.ReadAsync(id, ct);
            }, ct);
            after = unread[^1];
        }
    }

    private static readonly TenantSql Unread = TenantSql.Of("""
        SELECT i.Id
        FROM Interactions i
        WHERE i.TenantId = @TenantId
          AND i.Id > @After
          AND i.Direction = 1
          AND (i.Body IS NOT NULL OR i.Subject IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM InteractionSentiments s WHERE s.TenantId = @TenantId AND s.InteractionId = i.Id)
        ORDER BY i.Id
        """);
}
