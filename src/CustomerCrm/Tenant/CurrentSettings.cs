using System.Collections.Concurrent;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Tenant;

/// <summary>
/// The settings of whoever is asking, for features that need the time zone, the currency or the discount rate on the way.
/// Remembered for a second, since another process may change them; a change by this one shows at once.
/// </summary>
public sealed class CurrentSettings(TenantDb db, CurrentTenant tenant, RecentSettings recent)
{
    public async ValueTask<TenantSettings> GetAsync(CancellationToken ct) => recent.Find(tenant.Id) ?? await RereadAsync(ct);

    /// <summary>As they are at this moment, for work that another process has asked for because they changed.</summary>
    public async Task<TenantSettings> RereadAsync(CancellationToken ct) =>
        recent.Remember(tenant.Id, await db.CurrentlyAsync(() => db.FindAsync<TenantSettings>(TenantSettings.OfTenant, null, ct))
            ?? throw new InvalidOperationException("The tenant of this request or job does not exist."));
}

/// <summary>What <see cref="CurrentSettings"/> remembers, by data set.</summary>
public sealed class RecentSettings(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<int, (TenantSettings Settings, long ReadAt)> all = new();

    internal TenantSettings? Find(int tenantId) =>
        all.TryGetValue(tenantId, out var one) && clock.GetElapsedTime(one.ReadAt) < longest ? one.Settings : null;

    internal TenantSettings Remember(int tenantId, TenantSettings settings)
    {
        if (all.Count >= Most) all.Clear();
        all.AddOrUpdate(tenantId, (settings, clock.GetTimestamp()), (_, before) =>
            before.Settings.Revision > settings.Revision ? before : (settings, clock.GetTimestamp()));
        return settings;
    }
}
