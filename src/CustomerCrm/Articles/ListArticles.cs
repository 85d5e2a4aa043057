using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles.Translations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles;

/// <summary>GET /articles and GET /articles/{article_id}</summary>
internal static class ListArticles
{
    internal static async Task<Page<Article>> Handle(ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, null, ct);
        return page with { Data = await Article.WithTranslationsAsync(page.Data, db, ct) };
    }

    internal static Task<Article> Show([FromRoute(Name = "article_id")] Id<Article> articleId, TenantDb db, CancellationToken ct) => Article.FindAsync(articleId, db, ct);

    internal static readonly ListOf<Article> List = ListOf<Article>.From(Article.Matching, "a.Id", article => article.Id.ToBytes())
        .SortedBy("updated_at", "a.UpdatedAt", article => article.UpdatedAt, isDescending: true)
        .SortedBy("created_at", "a.CreatedAt", article => article.CreatedAt, isDescending: true)
        .SortedBy("views", "a.Views", article => article.Views, isDescending: true)
        .SortedBy("recent_views", "a.RecentViews", article => article.RecentViews, isDescending: true)
        .FilteredBy("category_id", "a.CategoryId", FilterType.IdOf<ArticleCategory>(), Operators.Equal | Operators.In)
        .FilteredBy("visibility", "a.Visibility", FilterType.OneOf<ArticleVisibility>(), Operators.Equal | Operators.In)
        .FilteredBy("slug", "eq", FilterType.Text(100, "send-back"), "Only the article that has this slug, or had it before and no other has taken it.", slug => Condition.Of("""
            (a.Slug = {0} OR EXISTS (SELECT 1 FROM ArticleSlugs s WHERE s.TenantId = @TenantId AND s.ArticleId = a.Id AND s.Slug = {0}))
            """, slug))
        .FilteredBy("updated_at", "a.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("state", "eq", FilterType.OneOf<TranslationState>(), "Only articles with a text in this state.", state => Condition.Of("""
            EXISTS (SELECT 1 FROM ArticleTranslations t WHERE t.TenantId = @TenantId AND t.ArticleId = a.Id AND t.State = {0})
            """, state))
        .FilteredBy("missing_locale", "eq", LocaleTag.Filter(20, "de"), "Only articles that have no published text in this language: what is left to translate.", locale => Condition.Of("""
            NOT EXISTS (SELECT 1 FROM ArticleTranslations t WHERE t.TenantId = @TenantId AND t.ArticleId = a.Id AND t.Locale = {0} AND t.PublishedVersion IS NOT NULL)
            """, locale));
}
