using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Articles.Votes;

/// <summary>Counts who found an article helpful. A visitor has one vote, and may change it; who they are is kept as a hash alone.</summary>
internal sealed class ArticleVotes(TenantDb db, TimeProvider clock)
{
    public static byte[] HashOf(string visitor) => SHA256.HashData(Encoding.UTF8.GetBytes(visitor));

    /// <returns>How the article stands now.</returns>
    /// <exception cref="ApiProblem">404: there is no such article.</exception>
    public async Task<ArticleStanding> VoteAsync(Id<Article> articleId, byte[] visitor, string locale, bool isHelpful, string? remark, CancellationToken ct)
    {
        var standing = new ArticleStanding { HelpfulCount = 0, UnhelpfulCount = 0, Counted = false };
        await db.InTransactionAsync(async () => standing = await CountAsync(articleId, new { ArticleId = articleId, Visitor = visitor, Locale = locale, IsHelpful = isHelpful, Remark = remark, Now = clock.GetUtcNow() }, isHelpful, ct), ct);
        return standing;
    }

    // The article's row is held first: votes for it take turns, whichever engine it is.
    private async Task<ArticleStanding> CountAsync(Id<Article> articleId, object vote, bool isHelpful, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Hold, new { ArticleId = articleId }, ct) == 0) throw ApiProblem.NotFound("article");
        var (before, counted) = (await db.FindAsync<bool?>(Said, vote, ct), true);
        if (before is null) await db.ExecuteAsync(Insert, vote, ct);
        else
        {
            await db.ExecuteAsync(Update, vote, ct);
            counted = before != isHelpful;
        }
        if (counted) await db.ExecuteAsync(Count, new { ArticleId = articleId, Helpful = isHelpful ? 1 : before is null ? 0 : -1, Unhelpful = isHelpful ? (before is null ? 0 : -1) : 1 }, ct);
        return (await db.FindAsync<ArticleStanding>(OfArticle, new { ArticleId = articleId }, ct))! with { Counted = counted };
    }

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE Articles
        SET HelpfulCount = HelpfulCount
        WHERE TenantId = @TenantId
          AND Id = @ArticleId
        """);

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT v.IsHelpful
        FROM ArticleVotes v
        WHERE v.TenantId = @TenantId
          AND v.ArticleId = @ArticleId
          AND v.Visitor = @Visitor
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ArticleVotes (TenantId, ArticleId, Visitor, Locale, IsHelpful, Remark, VotedAt)
        VALUES (@TenantId, @ArticleId, @Visitor, @Locale, @IsHelpful, @Remark, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ArticleVotes
        SET IsHelpful = @IsHelpful, Remark = COALESCE(@Remark, Remark), Locale = @Locale, VotedAt = @Now
        WHERE TenantId = @TenantId
          AND ArticleId = @ArticleId
          AND Visitor = @Visitor
        """);

    private static readonly TenantSql Count = TenantSql.Of("""
        UPDATE Articles
        SET HelpfulCount = HelpfulCount + @Helpful, UnhelpfulCount = UnhelpfulCount + @Unhelpful, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @ArticleId
        """);

    private static readonly TenantSql OfArticle = TenantSql.Of("SELECT a.HelpfulCount, a.UnhelpfulCount FROM Articles a WHERE a.TenantId = @TenantId AND a.Id = @ArticleId");
}

/// <summary>How an article stands with its readers.</summary>
public sealed record ArticleStanding
{
    public required int HelpfulCount { get; init; }
    public required int UnhelpfulCount { get; init; }

    /// <summary>Whether this vote changed the counts: not, if the visitor had said the same before.</summary>
    public bool Counted { get; init; }
}
