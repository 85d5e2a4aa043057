using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Articles.Reports;

/// <summary>Forgets what was searched for more than four hundred days ago.</summary>
public sealed record PruneArticleSearches;

internal sealed class PruneSearchesJob(TenantDb db, CurrentSettings settings, TimeProvider clock) : IJob<PruneArticleSearches>
{
    private const int Days = 400;

    public async Task RunAsync(PruneArticleSearches work, CancellationToken ct) =>
        await db.ExecuteAsync(Delete, new { Before = (await settings.GetAsync(ct)).Calendar.DayOf(clock.GetUtcNow()).AddDays(-Days) }, ct);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM ArticleSearches
        WHERE TenantId = @TenantId
          AND Day < @Before
        """);
}
