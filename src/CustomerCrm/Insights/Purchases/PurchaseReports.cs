using System.Collections.Concurrent;
using CustomerCrm.Analytics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights.Purchases;

/// <summary>
/// Reports counted from all purchases. An answer is kept and given again while nothing of the tenant's has changed since, so
/// that a report looked at twice is counted once, and is never old.
/// </summary>
internal sealed class PurchaseReports(PurchaseReader reader, TenantDb db, CurrentTenant tenant, CurrentSettings settings, RecentReports recent)
{
    /// <summary>Of who bought and when; amounts are 0.</summary>
    public Task<T> OfVisitsAsync<T>(string name, DateOnly asOf, Func<PurchaseDays, string, T> report, CancellationToken ct) where T : class =>
        OnceAsync(name, asOf, async zone => report((await reader.ReadVisitsAsync(asOf, ct)).Days, zone), ct);

    /// <summary>Of what was spent too.</summary>
    public Task<T> OfSpendAsync<T>(string name, DateOnly asOf, Func<PurchaseHistory, string, T> report, CancellationToken ct) where T : class =>
        OnceAsync(name, asOf, async zone => report(await reader.ReadAsync(asOf, ct), zone), ct);

    // Every change is an event, so the number of the last one tells whether there was any. It is read before the orders are: what
    // changes in between makes the answer newer than its number, not older.
    private async Task<T> OnceAsync<T>(string name, DateOnly asOf, Func<string, Task<T>> make, CancellationToken ct) where T : class
    {
        var (key, current) = ((tenant.Id, name, asOf), await settings.GetAsync(ct));
        var state = (await db.FindAsync<long>(LastChange, null, ct), current.Revision);
        if (recent.Find(key, state) is T known) return known;

        var made = await make(current.TimeZone);
        recent.Remember(key, state, made);
        return made;
    }

    private static readonly TenantSql LastChange = TenantSql.Of("""
        SELECT h.LastSeq
        FROM EventHeads h
        WHERE h.TenantId = @TenantId
        """);
}

/// <summary>What <see cref="PurchaseReports"/> keeps.</summary>
internal sealed class RecentReports
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<(int Tenant, string Name, DateOnly AsOf), ((long LastSeq, int Settings) State, object Report)> all = new();

    public object? Find((int, string, DateOnly) key, (long LastSeq, int Settings) state) =>
        all.TryGetValue(key, out var known) && known.State == state ? known.Report : null;

    public void Remember((int, string, DateOnly) key, (long LastSeq, int Settings) state, object report)
    {
        if (all.Count >= Most) all.Clear();
        all[key] = (state, report);
    }
}
