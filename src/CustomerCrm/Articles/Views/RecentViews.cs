using CustomerCrm.Platform.Data;

namespace CustomerCrm.Articles.Views;

/// <summary>Counts anew how often articles were read lately: with each view, and at night for those that nobody reads any more.</summary>
internal static class RecentViews
{
    public const int Days = 30;

    private static readonly TenantSql Refresh = TenantSql.Of("""
        UPDATE Articles
        SET RecentViews = COALESCE((SELECT SUM(v.Views) FROM ArticleViews v WHERE v.TenantId = @TenantId AND v.ArticleId = Articles.Id AND v.Day > @Before), 0)
        WHERE TenantId = @TenantId
        """);

    public static readonly TenantSql OfArticle = Refresh.Then("AND Id = @ArticleId");

    public static readonly TenantSql OfAll = Refresh.Then("AND RecentViews > 0");
}
