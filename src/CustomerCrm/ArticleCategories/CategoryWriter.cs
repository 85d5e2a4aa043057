using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ArticleCategories;

/// <summary>Writes categories, and keeps their tree a tree.</summary>
internal sealed class CategoryWriter(TenantDb db, EventLog events, TimeProvider clock)
{
    private const int Most = 500;

    /// <exception cref="ApiProblem">409: the slug is taken, or there are too many. 404: the parent is not there. 422: the tree would be too deep.</exception>
    public async Task<ArticleCategory> CreateAsync(CreateCategory.Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var category = new ArticleCategory
        {
            Id = Id<ArticleCategory>.New(), ParentId = request.ParentId, Slug = request.Slug, Names = request.Names, Position = request.Position, Revision = 1, CreatedAt = now, UpdatedAt = now,
        };
        await CheckAsync(category, ct);
        await SaveAsync(Insert, category, ct);
        events.Record("article_category.created", category);
        return category;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">As <see cref="CreateAsync"/>; 412: somebody else changed it since it was read.</exception>
    public async Task<ArticleCategory> ChangeAsync(ArticleCategory current, ArticleCategory wanted, CancellationToken ct)
    {
        if (wanted.WrittenNames == current.WrittenNames && wanted with { Names = current.Names } == current) return current;
        await CheckAsync(wanted, ct);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await SaveAsync(Update, changed, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("article_category.updated", changed);
        return changed;
    }

    /// <exception cref="ApiProblem">409: something stands in it. 412: somebody else changed it since it was read.</exception>
    public async Task RemoveAsync(ArticleCategory current, CancellationToken ct)
    {
        if (await db.FindAsync<int>(Inside, new { current.Id }, ct) > 0) throw ApiProblem.Conflict("category_in_use", "Articles or categories stand in it.");
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("article_category.deleted", current);
    }

    private async Task CheckAsync(ArticleCategory category, CancellationToken ct)
    {
        var parents = (await ArticleCategory.AllAsync(db, ct)).ToDictionary(one => one.Id, one => one.ParentId);
        if (category.Revision == 1 && parents.Count >= Most) throw ApiProblem.Conflict("too_many_categories", $"There are {Most} categories already.");
        if (category.ParentId is { } parent && !parents.ContainsKey(parent)) throw ApiProblem.NotFound("category");
        if (CategoryTree.WhyNot(category.Id, category.ParentId, parents) is { } why)
            throw ApiProblem.Invalid("/parent_id", why, why == "too_deep" ? $"Categories stand at most {CategoryTree.Deepest} deep." : "A category cannot stand in itself, nor in one that stands in it.");
    }

    private async Task<int> SaveAsync(TenantSql statement, ArticleCategory category, CancellationToken ct)
    {
        try
        {
            return await db.ExecuteAsync(statement, new
            {
                category.Id, ParentId = category.ParentId?.ToBytes(), category.Slug, NamesText = category.WrittenNames, category.Position, category.Revision, category.CreatedAt, category.UpdatedAt,
            }, ct);
        }
        catch (DuplicateKeyException e)
        {
            throw ApiProblem.Conflict("category_exists", "There is a category of this slug already.", e);
        }
    }

    private static readonly TenantSql Inside = TenantSql.Of("""
        SELECT (SELECT COUNT(*) FROM Articles a WHERE a.TenantId = @TenantId AND a.CategoryId = @Id)
            + (SELECT COUNT(*) FROM ArticleCategories c WHERE c.TenantId = @TenantId AND c.ParentId = @Id)
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ArticleCategories (TenantId, Id, ParentId, Slug, NamesText, Position, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @ParentId, @Slug, @NamesText, @Position, 1, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ArticleCategories
        SET ParentId = @ParentId, Slug = @Slug, NamesText = @NamesText, Position = @Position, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM ArticleCategories
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
