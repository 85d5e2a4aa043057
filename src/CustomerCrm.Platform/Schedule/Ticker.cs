using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Schedule;

/// <summary>
/// Turns "it is time" into jobs. Being told twice, late or by two processes does no harm: the row that remembers the last
/// run is moved in the transaction that queues the jobs, and only one can move it.
/// </summary>
internal sealed class Ticker(Databases databases, IReadOnlyList<Recurring> schedule, JobTurns turns, TimeProvider clock, ILogger<Ticker> log)
{
    public IReadOnlyList<Recurring> Schedule => schedule;

    /// <summary>Everything that is due; at start, what was missed.</summary>
    public async Task TickAsync(CancellationToken ct)
    {
        foreach (var recurring in schedule) await TickAsync(recurring, ct);
    }

    public async Task TickAsync(Recurring recurring, CancellationToken ct)
    {
        if (!recurring.IsPerTenant)
        {
            await TickAsync(databases.First.System, recurring, "", ct);
            return;
        }
        // Each database remembers the last run of its own tenants, in the transaction that queues their jobs.
        foreach (var db in databases.All.Select(d => d.System))
            foreach (var zone in await db.QueryAsync<string>(Zones, null, ct)) await TickAsync(db, recurring, zone, ct);
    }

    private async Task TickAsync(SystemDb db, Recurring recurring, string zone, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var last = await db.QueryAsync<DateTimeOffset>(LastRun, new { recurring.Name, Zone = zone }, ct);
        if (last.Count == 0)
        {
            // New here: its time is still to come.
            await db.ExecuteAsync(Begin, new { recurring.Name, Zone = zone, Now = now }, ct);
            return;
        }
        if (recurring.LastDue(ZoneOf(zone), last[0], now) is not { } due) return;

        IReadOnlyList<int> tenants = [];
        await db.InTransactionAsync(async within =>
        {
            if (await within.ExecuteAsync(Move, new { recurring.Name, Zone = zone, Due = due }, ct) == 0) return; // another process was first
            tenants = recurring.IsPerTenant ? await within.QueryAsync<int>(TenantsOf, new { Zone = zone }, ct) : [0];
            foreach (var tenantId in tenants)
                await within.ExecuteAsync(Queue, new { Tenant = tenantId, Id = Id<Job>.New(), recurring.Kind, recurring.Payload, UniqueKey = $"{recurring.Kind}:scheduled", Now = now }, ct);
        }, ct);
        foreach (var tenantId in tenants) turns.Ring(tenantId);
        log.LogInformation("Recurring {Name} was due at {Due} and queued {Count} jobs", recurring.Name, due, tenants.Count);
    }

    private TimeZoneInfo ZoneOf(string zone)
    {
        if (zone.Length == 0) return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) return found;
        log.LogWarning("The time zone {Zone} is not known here; UTC is used", zone);
        return TimeZoneInfo.Utc;
    }

    private static readonly SystemSql Zones = SystemSql.Of("SELECT DISTINCT TimeZone FROM Tenants");

    private static readonly SystemSql TenantsOf = SystemSql.Of("SELECT TenantId FROM Tenants WHERE TimeZone = @Zone");

    private static readonly SystemSql LastRun = SystemSql.Of("SELECT LastDueAt FROM ScheduledRuns WHERE Name = @Name AND Zone = @Zone");

    // Two workers may start at the same moment. SQL Server, at READ COMMITTED, holds the place where the row would stand, so that the
    // second one waits and then finds it; SQLite has one writer.
    private static readonly SystemSql Begin = SystemSql.Of(
        sqlServer: """
            INSERT INTO ScheduledRuns (Name, Zone, LastDueAt)
            SELECT CAST(@Name AS NVARCHAR(100)), CAST(@Zone AS NVARCHAR(64)), @Now
            WHERE NOT EXISTS (SELECT 1 FROM ScheduledRuns WITH (UPDLOCK, HOLDLOCK) WHERE Name = @Name AND Zone = @Zone)
            """,
        sqlite: """
            INSERT INTO ScheduledRuns (Name, Zone, LastDueAt)
            SELECT CAST(@Name AS NVARCHAR(100)), CAST(@Zone AS NVARCHAR(64)), @Now
            WHERE NOT EXISTS (SELECT 1 FROM ScheduledRuns WHERE Name = @Name AND Zone = @Zone)
            """);

    // READ COMMITTED is enough: whoever moves the row holds it until the jobs are queued, and a second one then finds it moved.
    private static readonly SystemSql Move = SystemSql.Of("""
        UPDATE ScheduledRuns
        SET LastDueAt = @Due
        WHERE Name = @Name AND Zone = @Zone AND LastDueAt < @Due
        """);

    // If yesterday's still waits, it will do for today too.
    private static readonly SystemSql Queue = SystemSql.Of("""
        INSERT INTO Jobs (TenantId, Id, Kind, Payload, UniqueKey, State, DueAt, Attempts, Fence, EnqueuedAt)
        SELECT @Tenant, @Id, CAST(@Kind AS NVARCHAR(100)), CAST(@Payload AS NVARCHAR(4000)), CAST(@UniqueKey AS NVARCHAR(200)), 0, @Now, 0, 0, @Now
        WHERE NOT EXISTS (SELECT 1 FROM Jobs WHERE TenantId = @Tenant AND UniqueKey = @UniqueKey)
        """);
}
