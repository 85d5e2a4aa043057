using CustomerCrm.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Health;

/// <summary>Looks at the backlog every 15 seconds, so that the gauges have something to say. Runs only where telemetry is sent.</summary>
internal sealed class BacklogSampler(Databases databases, TimeProvider clock, ILogger<BacklogSampler> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15), clock);
        try
        {
            do
            {
                try
                {
                    Telemetry.Backlog = await ReadAsync(stopping);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning(e, "The backlog cannot be measured just now");
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    internal async Task<Backlog> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (oldest, delivery, dead, lag) = (now, now, 0, 0L);
        foreach (var db in databases.All.Select(d => d.System))
        {
            if ((await db.QueryAsync<Moment>(OldestDue, null, ct)).Single().DueAt is { } due && due < oldest) oldest = due;
            if ((await db.QueryAsync<Moment>(OldestDelivery, null, ct)).Single().DueAt is { } waiting && waiting < delivery) delivery = waiting;
            dead += (await db.QueryAsync<int>(Dead, null, ct)).Single();
            lag = Math.Max(lag, (await db.QueryAsync<long?>(Lag, null, ct)).Single() ?? 0);
        }
        return new Backlog(now - oldest, dead, now - delivery, lag);
    }

    /// <summary>Null where nothing waits.</summary>
    private sealed record Moment
    {
        public DateTimeOffset? DueAt { get; init; }
    }

    // Tenant by tenant, so that each is one seek. A job of the installation itself is not counted.
    private static readonly SystemSql OldestDue = SystemSql.Of("""
        SELECT MIN(w.DueAt) AS DueAt
        FROM (SELECT (SELECT MIN(j.DueAt) FROM Jobs j WHERE j.TenantId = t.TenantId) AS DueAt FROM Tenants t) w
        """);

    // Endpoint by endpoint, so that each is one seek.
    private static readonly SystemSql OldestDelivery = SystemSql.Of("""
        SELECT MIN(w.DueAt) AS DueAt
        FROM (SELECT (SELECT MIN(d.DueAt) FROM WebhookDeliveries d WHERE d.TenantId = q.TenantId AND d.WebhookId = q.WebhookId AND d.DueAt IS NOT NULL) AS DueAt FROM WebhookQueues q) w
        """);

    private static readonly SystemSql Dead = SystemSql.Of("""
        SELECT COUNT(*) AS Jobs
        FROM Tenants t
        JOIN Jobs j ON j.TenantId = t.TenantId AND j.State = 2
        """);

    private static readonly SystemSql Lag = SystemSql.Of("""
        SELECT MAX(h.LastSeq - c.LastSeq) AS Lag
        FROM EventConsumers c
        JOIN EventHeads h ON h.TenantId = c.TenantId
        """);
}
