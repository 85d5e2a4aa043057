using CustomerCrm.Platform.Data;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>Which endpoints of all tenants have something due, and who calls them. One process at a time serves an endpoint.</summary>
internal sealed class WebhookClaims(Databases databases, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private static readonly string me = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Takes endpoints that have something due, those that wait longest first, and those whose process went silent.</summary>
    public async Task<IReadOnlyList<WebhookLease>> TakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = new List<WebhookLease>();
        foreach (var due in (await databases.QueryReachableAsync<Candidate>(Due, new { Now = now }, one => one.TenantId, ct)).GroupBy(one => databases.Of(one.TenantId)))
            taken.AddRange(await TakeAsync(due.Key, [.. due], now, ct));
        return taken;
    }

    private async Task<List<WebhookLease>> TakeAsync(Database database, IReadOnlyList<Candidate> due, DateTimeOffset now, CancellationToken ct)
    {
        var taken = new List<WebhookLease>();
        await database.System.InTransactionAsync(async within =>
        {
            taken.Clear();
            foreach (var one in due)
                if (await within.ExecuteAsync(Take, new { one.TenantId, one.WebhookId, one.Fence, Now = now, Until = now + options.Value.Lease, Me = me }, ct) == 1)
                    taken.Add(new WebhookLease { TenantId = one.TenantId, WebhookId = one.WebhookId, Fence = one.Fence + 1 });
        }, ct);
        return taken;
    }

    /// <summary>A SQLite file has one owner: whoever else had an endpoint is dead, so nobody waits for the ends of their leases.</summary>
    public async Task FreeAsync(CancellationToken ct)
    {
        foreach (var database in databases.All.Where(d => d.FileName is not null)) await database.System.ExecuteAsync(Free, new { Now = clock.GetUtcNow() }, ct);
    }

    private sealed record Candidate
    {
        public required int TenantId { get; init; }
        public required byte[] WebhookId { get; init; }
        public required int Fence { get; init; }
    }

    private static readonly SystemSql Due = SystemSql.Of(
        sqlServer: """
            SELECT TOP (200) q.TenantId, q.WebhookId, q.Fence
            FROM WebhookQueues q
            WHERE q.DueAt <= @Now
            ORDER BY q.DueAt
            """,
        sqlite: """
            SELECT q.TenantId, q.WebhookId, q.Fence
            FROM WebhookQueues q
            WHERE q.DueAt <= @Now
            ORDER BY q.DueAt
            LIMIT 200
            """);

    private static readonly SystemSql Take = SystemSql.Of("""
        UPDATE WebhookQueues
        SET Owner = @Me, DueAt = @Until, Fence = Fence + 1
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Fence = @Fence AND DueAt <= @Now
        """);

    private static readonly SystemSql Free = SystemSql.Of("""
        UPDATE WebhookQueues
        SET Owner = NULL, DueAt = @Now, Fence = Fence + 1
        WHERE Owner IS NOT NULL
        """);
}
