using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Articles.Views;

/// <summary>Counts the views of the last thirty days anew, and forgets those of more than four hundred days ago: they stay in the sum.</summary>
public sealed record RecountArticleViews;

internal sealed class RecountViewsJob(TenantDb db, CurrentSettings settings, TimeProvider clock) : IJob<RecountArticleViews>
{
    private const int KeptDays = 400;

    public async Task RunAsync(RecountArticleViews work, CancellationToken ct)
    {
        var today = (await settings.GetAsync(ct)).Calendar.DayOf(clock.GetUtcNow());
        await db.ExecuteAsync(RecentViews.OfAll, new { Before = today.AddDays(-RecentViews.Days) }, ct);
        await db.ExecuteAsync(Forget, new { Before = today.AddDays(-KeptDays) }, ct);
    }

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM ArticleViews
        WHERE TenantId = @TenantId
          AND Day < @Before
        """);
}
