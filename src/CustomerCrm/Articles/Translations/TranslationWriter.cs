using CustomerCrm.Articles.Finding;
using CustomerCrm.Articles.Markdown;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Articles.Translations;

/// <summary>Writes what articles say. Each change is a version of its own, and nobody reads it before it is published.</summary>
internal sealed class TranslationWriter(TenantDb db, ArticleIndex index, Caller caller, EventLog events, TimeProvider clock)
{
    /// <summary>The first text of an article in a language: a draft.</summary>
    public async Task<Translation> AddAsync(Id<Article> articleId, string locale, ArticleText text, CancellationToken ct)
    {
        await db.ExecuteAsync(Insert, new { ArticleId = articleId, Locale = locale, Now = clock.GetUtcNow() }, ct);
        await WriteVersionAsync(articleId, locale, 1, text, null, ct);
        return (await Translation.LookAsync(articleId, locale, db, ct))!;
    }

    /// <summary>The same in another language than the article's first.</summary>
    /// <exception cref="ApiProblem">412: somebody else has added that language meanwhile.</exception>
    public async Task<Translation> AddLanguageAsync(Id<Article> articleId, string locale, ArticleText text, CancellationToken ct)
    {
        try
        {
            var added = await AddAsync(articleId, locale, text, ct);
            await TouchAsync(articleId, ct);
            events.Record("article.updated", await Article.FindAsync(articleId, db, ct));
            return added;
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.PreconditionFailed();
        }
    }

    /// <returns>As it is now; the same version if nothing has changed.</returns>
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task<Translation> RewriteAsync(Translation current, ArticleText text, int? restoredFrom, CancellationToken ct)
    {
        if ((text.Title, text.Summary, text.Body) == (current.Title, current.Summary, current.Body)) return current;
        await WriteVersionAsync(current.ArticleId, current.Locale, current.Version + 1, text, restoredFrom, ct);
        return await MoveAsync(current, current with { State = TranslationState.Draft, Version = current.Version + 1, ReviewNote = null, ReviewerKind = null, ReviewerId = null, ReviewerName = null }, "article.updated", ct);
    }

    /// <param name="current">As it was read.</param>
    /// <param name="wanted">Where it is to be, with the note.</param>
    /// <param name="type">The event that says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task<Translation> MoveAsync(Translation current, Translation wanted, string type, CancellationToken ct)
    {
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, new
        {
            changed.ArticleId, changed.Locale, changed.State, LatestVersion = changed.Version, changed.PublishedVersion, changed.PublishedAt, changed.ReviewNote, changed.ReviewerKind, changed.ReviewerId, changed.ReviewerName,
            changed.Revision, changed.UpdatedAt,
        }, ct) == 0) throw ApiProblem.PreconditionFailed();
        await TouchAsync(current.ArticleId, ct);
        if (changed.PublishedVersion != current.PublishedVersion) await IndexAsync(changed.ArticleId, changed.Locale, changed.PublishedVersion, ct);
        var after = (await Translation.LookAsync(current.ArticleId, current.Locale, db, ct))!;
        if (type == "article.updated") events.Record("article.updated", await Article.FindAsync(current.ArticleId, db, ct));
        else RecordMove(type, after);
        return after;
    }

    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task RemoveAsync(Translation current, CancellationToken ct)
    {
        await index.ReplaceAsync(current.ArticleId, current.Locale, null, ct);
        if (await db.ExecuteAsync(Delete, new { current.ArticleId, current.Locale, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        await TouchAsync(current.ArticleId, ct);
        events.Record("article.updated", await Article.FindAsync(current.ArticleId, db, ct));
    }

    /// <summary>Puts what readers see into the index.</summary>
    public async Task IndexAsync(Id<Article> articleId, string locale, int? version, CancellationToken ct)
    {
        var text = version is null ? null : await db.FindAsync<ArticleVersion>(ArticleVersion.ByNumber, new { ArticleId = articleId, Locale = locale, Version = version }, ct);
        var keywords = text is null ? [] : (await Article.FindAsync(articleId, db, ct)).Keywords;
        await index.ReplaceAsync(articleId, locale, text is null ? null : new PublishedText(text.Title, text.Summary, ArticleMarkdown.PlainOf(text.Body), keywords), ct);
    }

    /// <summary>How the article shows its texts has changed, so its revision does.</summary>
    private Task<int> TouchAsync(Id<Article> articleId, CancellationToken ct) => db.ExecuteAsync(Touch, new { ArticleId = articleId, Now = clock.GetUtcNow() }, ct);

    // Written out, so that what is recorded can be found by its name.
    private void RecordMove(string type, Translation after)
    {
        TranslationStatus status = new()
        {
            ArticleId = after.ArticleId, Locale = after.Locale, Title = after.Title, State = after.State, Version = after.Version, PublishedVersion = after.PublishedVersion, PublishedAt = after.PublishedAt,
            Revision = after.Revision, CreatedAt = after.CreatedAt, UpdatedAt = after.UpdatedAt,
        };
        if (type == "article.published") events.Record("article.published", status);
        else if (type == "article.unpublished") events.Record("article.unpublished", status);
        else if (type == "article.review_requested") events.Record("article.review_requested", status);
        else if (type == "article.approved") events.Record("article.approved", status);
        else events.Record("article.rejected", status);
    }

    private Task<int> WriteVersionAsync(Id<Article> articleId, string locale, int version, ArticleText text, int? restoredFrom, CancellationToken ct) => db.ExecuteAsync(InsertVersion, new
    {
        ArticleId = articleId, Locale = locale, Version = version, text.Title, text.Summary, text.Body, RestoredFrom = restoredFrom,
        AuthorKind = caller.Actor.Kind, AuthorId = caller.Actor.Id, AuthorName = caller.Actor.Name, Now = clock.GetUtcNow(),
    }, ct);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ArticleTranslations (TenantId, ArticleId, Locale, State, LatestVersion, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @ArticleId, @Locale, 1, 1, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertVersion = TenantSql.Of("""
        INSERT INTO ArticleVersions (TenantId, ArticleId, Locale, Version, Title, Summary, Body, RestoredFrom, AuthorKind, AuthorId, AuthorName, CreatedAt)
        VALUES (@TenantId, @ArticleId, @Locale, @Version, @Title, @Summary, @Body, @RestoredFrom, @AuthorKind, @AuthorId, @AuthorName, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ArticleTranslations
        SET State = @State, LatestVersion = @LatestVersion, PublishedVersion = @PublishedVersion, PublishedAt = @PublishedAt, ReviewNote = @ReviewNote,
            ReviewerKind = @ReviewerKind, ReviewerId = @ReviewerId, ReviewerName = @ReviewerName, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND ArticleId = @ArticleId
          AND Locale = @Locale
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM ArticleTranslations
        WHERE TenantId = @TenantId
          AND ArticleId = @ArticleId
          AND Locale = @Locale
          AND Revision = @Revision
        """);

    private static readonly TenantSql Touch = TenantSql.Of("""
        UPDATE Articles
        SET Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @ArticleId
        """);
}
