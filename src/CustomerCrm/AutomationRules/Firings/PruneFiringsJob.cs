using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>Takes firings older than 90 days out of the log.</summary>
public sealed record PruneFirings;

internal sealed class PruneFiringsJob(TenantDb db, TimeProvider clock) : IJob<PruneFirings>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private const int AtOnce = 500;

    public async Task RunAsync(PruneFirings work, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - KeptFor;
        while (await db.QueryTopAsync<Id<AutomationFiring>>(Old, AtOnce, new { Before = before }, ct) is { Count: > 0 } old)
            await db.InTransactionAsync(() => db.ExecuteEachAsync(Delete, old.Select(id => new { Id = id }), ct), ct);
    }

    private static readonly TenantSql Old = TenantSql.Of("""
        SELECT f.Id
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.FiredAt < @Before
        ORDER BY f.FiredAt
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM AutomationFirings WHERE TenantId = @TenantId AND Id = @Id");
}
