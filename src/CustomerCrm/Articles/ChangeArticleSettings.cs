using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Articles;

/// <summary>PATCH /articles/settings</summary>
public static class ChangeArticleSettings
{
    private const int MostSets = 500, MostInSet = 20, LongestMember = 100;

    /// <example>{"synonyms":[["refund","money back"]],"requires_review":true}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>All of them: at most 500 sets of 2 to 20 words or phrases.</summary>
        /// <example>[["refund","money back"]]</example>
        [Required, MaxLength(MostSets)] public Change<IReadOnlyList<IReadOnlyList<string>>> Synonyms { get; init; }

        public Change<bool> RequiresReview { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            foreach (var (i, set) in (Synonyms.Value ?? []).Index())
            {
                if (set is null || set.Count is < 2 or > MostInSet) yield return new BrokenRule("size_invalid", $"A set has 2 to {MostInSet} members.", $"Synonyms[{i}]");
                else if (set.Any(text => text is not { Length: >= 1 and <= LongestMember } || string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)))
                    yield return new BrokenRule("text_invalid", $"Each member has 1 to {LongestMember} characters.", $"Synonyms[{i}]");
            }
        }
    }

    internal static Task<ArticleSettings> Show(ArticleSettingsReader settings, CancellationToken ct) => settings.GetAsync(ct);

    internal static async Task<ArticleSettings> Handle(Request request, IfMatch ifMatch, ArticleSettingsReader settings, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await settings.GetAsync(ct);
        ifMatch.Check(current.Revision);
        var changed = current with
        {
            Synonyms = request.Synonyms.Or(current.Synonyms)!, RequiresReview = request.RequiresReview.Or(current.RequiresReview), Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow(),
        };
        var row = new { SynonymsText = JsonSerializer.Serialize(changed.Synonyms, StrictJson.Options), changed.RequiresReview, changed.Revision, Now = changed.UpdatedAt };
        try
        {
            if (await db.ExecuteAsync(current.Revision == 0 ? Insert : Update, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.PreconditionFailed(); // somebody was faster
        }
        events.Record("article_settings.updated", changed);
        return changed;
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ArticleSettings (TenantId, SynonymsText, RequiresReview, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @SynonymsText, @RequiresReview, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ArticleSettings
        SET SynonymsText = @SynonymsText, RequiresReview = @RequiresReview, Revision = @Revision, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Revision = @Revision - 1
        """);
}
