using System.Text.Json;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Articles.Translations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Articles;

/// <summary>Writes articles. What is written of them in each language is <see cref="TranslationWriter"/>'s.</summary>
internal sealed class ArticleWriter(TenantDb db, TranslationWriter translations, ArticleNames names, ArticleIndex index, EventLog events, TimeProvider clock)
{
    private const int Most = 20_000;

    /// <exception cref="ApiProblem">409: the slug is taken, or there are too many. 422: a category or a product is not there.</exception>
    public async Task<Article> CreateAsync(CreateArticle.Request request, string locale, CancellationToken ct)
    {
        if (await db.FindAsync<int>(Count, null, ct) >= Most) throw ApiProblem.Conflict("too_many_articles", $"There are {Most} articles already.");
        var now = clock.GetUtcNow();
        var article = new Article
        {
            Id = Id<Article>.New(), CategoryId = request.CategoryId, Slug = request.Slug ?? await FreeSlugAsync(request.Title, ct), Locale = locale,
            Visibility = request.Visibility ?? ArticleVisibility.Public, Position = request.Position, Keywords = request.Keywords, Pages = request.Pages, ProductIds = request.ProductIds,
            HelpfulCount = 0, UnhelpfulCount = 0, Views = 0, RecentViews = 0, Revision = 1, CreatedAt = now, UpdatedAt = now,
        };
        await CheckAsync(article, ct);
        await SaveAsync(Insert, article, ct);
        await names.MoveAsync(article.Id, null, article.Slug, ct);
        await translations.AddAsync(article.Id, locale, request, ct);
        article = (await Article.WithTranslationsAsync([article], db, ct))[0];
        events.Record("article.created", article);
        return article;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">As <see cref="CreateAsync"/>; 412: somebody else changed it since it was read.</exception>
    public async Task<Article> ChangeAsync(Article current, Article wanted, CancellationToken ct)
    {
        if (Article.SaySame(current, wanted)) return current;
        await CheckAsync(wanted, ct);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await SaveAsync(Update, changed, ct) == 0) throw ApiProblem.PreconditionFailed();
        if (changed.Slug != current.Slug) await names.MoveAsync(changed.Id, current.Slug, changed.Slug, ct);
        if (!changed.Keywords.SequenceEqual(current.Keywords))
            foreach (var text in current.Translations.Where(text => text.PublishedVersion is not null)) await translations.IndexAsync(changed.Id, text.Locale, text.PublishedVersion, ct);
        events.Record("article.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(Article current, CancellationToken ct)
    {
        foreach (var text in current.Translations) await index.ReplaceAsync(current.Id, text.Locale, null, ct);
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("article.deleted", current);
    }

    private async Task<int> SaveAsync(TenantSql statement, Article article, CancellationToken ct)
    {
        try
        {
            return await db.ExecuteAsync(statement, new
            {
                article.Id, CategoryId = article.CategoryId?.ToBytes(), article.Slug, article.Locale, article.Visibility, article.Position, article.Revision, article.CreatedAt, article.UpdatedAt,
                KeywordsText = JsonSerializer.Serialize(article.Keywords, StrictJson.Options), PagesText = JsonSerializer.Serialize(article.Pages, StrictJson.Options),
                ProductsText = JsonSerializer.Serialize(article.ProductIds, StrictJson.Options),
            }, ct);
        }
        catch (DuplicateKeyException e)
        {
            throw ApiProblem.Conflict("slug_taken", "Another article has this slug.", e);
        }
    }

    private async Task CheckAsync(Article article, CancellationToken ct)
    {
        if (article.CategoryId is { } categoryId && await db.FindAsync<int?>(Category, new { CategoryId = categoryId }, ct) is null) throw ApiProblem.NotFound("category");
        if (article.ProductIds.Count == 0) return;
        var there = (await db.QueryAsync<byte[]>(Products.And(Condition.In("p.Id", article.ProductIds.Select(id => (object?)id.ToBytes()))), null, ct)).Select(Convert.ToHexString).ToHashSet();
        foreach (var (i, id) in article.ProductIds.Index())
            if (!there.Contains(Convert.ToHexString(id.ToBytes()))) throw ApiProblem.Invalid($"/product_ids/{i}", "not_found", "There is no such product.");
    }

    private async Task<string> FreeSlugAsync(string title, CancellationToken ct)
    {
        var slug = ArticleSlug.Of(title) ?? "article";
        if (await db.FindAsync<int?>(BySlug, new { Slug = slug }, ct) is null) return slug;
        return $"{slug}-{Id<Article>.New().ToString()[^8..]}";
    }

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM Articles a WHERE a.TenantId = @TenantId");

    private static readonly TenantSql BySlug = TenantSql.Of("SELECT 1 FROM Articles a WHERE a.TenantId = @TenantId AND (a.Slug = @Slug OR EXISTS (SELECT 1 FROM ArticleSlugs s WHERE s.TenantId = @TenantId AND s.ArticleId = a.Id AND s.Slug = @Slug))");

    private static readonly TenantSql Category = TenantSql.Of("SELECT 1 FROM ArticleCategories c WHERE c.TenantId = @TenantId AND c.Id = @CategoryId");

    private static readonly TenantSql Products = TenantSql.Of("SELECT p.Id FROM Products p WHERE p.TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Articles (TenantId, Id, CategoryId, Slug, Locale, Visibility, Position, KeywordsText, PagesText, ProductsText, HelpfulCount, UnhelpfulCount, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CategoryId, @Slug, @Locale, @Visibility, @Position, @KeywordsText, @PagesText, @ProductsText, 0, 0, 1, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Articles
        SET CategoryId = @CategoryId, Slug = @Slug, Locale = @Locale, Visibility = @Visibility, Position = @Position, KeywordsText = @KeywordsText,
            PagesText = @PagesText, ProductsText = @ProductsText, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Articles
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
