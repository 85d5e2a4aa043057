using CustomerCrm.Platform.Data;

namespace CustomerCrm.Articles;

/// <summary>The names that articles had: what was linked to by them is still found, until another article takes the name.</summary>
internal sealed class ArticleNames(TenantDb db, TimeProvider clock)
{
    /// <summary>An article has a name now; the one before stays its own.</summary>
    public async Task MoveAsync(Id<Article> articleId, string? from, string to, CancellationToken ct)
    {
        await db.ExecuteAsync(Take, new { Slug = to }, ct);
        if (from is not null) await db.ExecuteAsync(Leave, new { ArticleId = articleId, Slug = from, Now = clock.GetUtcNow() }, ct);
    }

    private static readonly TenantSql Take = TenantSql.Of("DELETE FROM ArticleSlugs WHERE TenantId = @TenantId AND Slug = @Slug");

    private static readonly TenantSql Leave = TenantSql.Of("""
        INSERT INTO ArticleSlugs (TenantId, Slug, ArticleId, LeftAt)
        VALUES (@TenantId, @Slug, @ArticleId, @Now)
        """);
}
