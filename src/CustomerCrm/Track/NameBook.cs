using System.Collections.Concurrent;
using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Track;

/// <summary>Keeps every name that was ever tracked. What this process has written once it does not ask for again.</summary>
internal sealed class NameBook(TenantDb db, CurrentTenant tenant, KnownNames known, TimeProvider clock)
{
    public async Task NoteAsync(string name, CancellationToken ct)
    {
        if (known.Has(tenant.Id, name)) return;
        try
        {
            await db.ExecuteAsync(Insert, new { NameKey = Encoding.UTF8.GetBytes(name), Name = name, Now = clock.GetUtcNow() }, ct);
        }
        catch (DuplicateKeyException)
        {
            // Somebody was faster.
        }
        var tenantId = tenant.Id;
        db.AfterCommit(() => known.Add(tenantId, name));
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TrackedNames (TenantId, NameKey, Name, FirstTrackedAt)
        SELECT t.TenantId, @NameKey, CAST(@Name AS NVARCHAR(100)), @Now
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM TrackedNames n WHERE n.TenantId = t.TenantId AND n.NameKey = @NameKey)
        """);
}

/// <summary>The names that are certainly written, by data set.</summary>
internal sealed class KnownNames
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<(int TenantId, string Name), bool> all = new();

    public bool Has(int tenantId, string name) => all.ContainsKey((tenantId, name));

    public void Add(int tenantId, string name)
    {
        if (all.Count >= Most) all.Clear();
        all[(tenantId, name)] = true;
    }
}
