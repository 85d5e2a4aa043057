using System.Collections.Concurrent;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.CustomFields.Values;

/// <summary>
/// The fields of whoever is asking. Remembered for a second, since another process may change them; a change by this one shows as soon
/// as it is committed.
/// </summary>
internal sealed class KnownCustomFields(TenantDb db, CurrentTenant tenant, RecentCustomFields recent)
{
    private static readonly Dictionary<string, CustomField> none = new();

    /// <returns>By name.</returns>
    public async ValueTask<IReadOnlyDictionary<string, CustomField>> OfAsync(CustomFieldResource resource, CancellationToken ct)
    {
        var all = recent.Find(tenant.Id) ?? await AskAsync(ct);
        return all.TryGetValue(resource, out var fields) ? fields : none;
    }

    /// <summary>The fields are being changed.</summary>
    public void ForgetAfterCommit() => db.AfterCommit(() => recent.Forget(tenant.Id));

    private async Task<Dictionary<CustomFieldResource, Dictionary<string, CustomField>>> AskAsync(CancellationToken ct)
    {
        var asOf = recent.Changes;
        var all = (await db.CurrentlyAsync(() => db.QueryAsync<CustomField>(CustomField.All, null, ct))).GroupBy(field => field.Resource)
            .ToDictionary(group => group.Key, group => group.ToDictionary(field => field.Name, StringComparer.Ordinal));
        recent.Remember(tenant.Id, all, asOf);
        return all;
    }
}

/// <summary>What <see cref="KnownCustomFields"/> remembers, by data set.</summary>
internal sealed class RecentCustomFields(TimeProvider clock)
{
    private const int Most = 2000;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<int, (Dictionary<CustomFieldResource, Dictionary<string, CustomField>> Fields, long ReadAt)> all = new();
    private readonly Lock publishing = new();
    private long changes;

    /// <summary>How many changes were committed so far.</summary>
    public long Changes => Volatile.Read(ref changes);

    public Dictionary<CustomFieldResource, Dictionary<string, CustomField>>? Find(int tenantId) =>
        all.TryGetValue(tenantId, out var one) && clock.GetElapsedTime(one.ReadAt) < longest ? one.Fields : null;

    /// <param name="tenantId">Whose.</param>
    /// <param name="fields">As they were read.</param>
    /// <param name="asOf">The number of changes before they were read: what was on its way meanwhile may be older.</param>
    public void Remember(int tenantId, Dictionary<CustomFieldResource, Dictionary<string, CustomField>> fields, long asOf)
    {
        lock (publishing)
        {
            if (changes != asOf) return;
            if (all.Count >= Most) all.Clear();
            all[tenantId] = (fields, clock.GetTimestamp());
        }
    }

    public void Forget(int tenantId)
    {
        lock (publishing)
        {
            changes++;
            all.TryRemove(tenantId, out _);
        }
    }
}
