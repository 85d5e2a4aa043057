using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Reports.Days;

namespace CustomerCrm.Reports.Facts;

/// <summary>Look for tickets that have changed without an event, count the days that are over, and forget words that are too old to compare with.</summary>
public sealed record RefreshFacts;

internal sealed class RefreshFactsJob(TenantDb db, FactWriter facts, DayBuilding days, TimeProvider clock) : IJob<RefreshFacts>
{
    private const int AtOnce = 50, DaysOfWords = 400;

    // A few in a transaction, so that no writer waits long.
    public async Task RunAsync(RefreshFacts work, CancellationToken ct)
    {
        var after = new byte[16];
        while (await db.QueryTopAsync<byte[]>(Behind, AtOnce, new { After = after }, ct) is { Count: > 0 } behind)
        {
            await db.InTransactionAsync(async () =>
            {
                foreach (var id in behind) await facts.RefreshAsync(id, ct);
            }, ct);
            after = behind[^1];
        }
        await days.CheckAsync(ct);
        await days.BuildAsync(ct);
        await db.ExecuteAsync(ForgetWords, new { Before = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-DaysOfWords) }, ct);
    }

    private static readonly TenantSql Behind = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        LEFT JOIN ServiceTickets s ON s.TenantId = t.TenantId AND s.TicketId = t.Id
        WHERE t.TenantId = @TenantId
          AND t.Id > @After
          AND t.MergedIntoId IS NULL
          AND (s.TicketRevision IS NULL OR s.TicketRevision <> t.Revision)
        ORDER BY t.Id
        """);

    private static readonly TenantSql ForgetWords = TenantSql.Of("DELETE FROM ServiceWords WHERE TenantId = @TenantId AND Day < @Before");
}
