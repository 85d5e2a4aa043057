using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>Takes firings older than 90 days out of the log.</summary>
public sealed record PruneFirings;

internal sealed class PruneFiringsJob(TenantDb db, TimeProvider clock) : IJob<PruneFirings>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public Task RunAsync(PruneFirings work, CancellationToken ct) => db.DeleteByPieceAsync(Old, Delete, new { Before = clock.GetUtcNow() - KeptFor }, ct);

    private static readonly TenantSql Old = TenantSql.Of("""
        SELECT f.Id
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.FiredAt < @Before
        ORDER BY f.FiredAt
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM AutomationFirings WHERE TenantId = @TenantId AND Id = @Id");
}
