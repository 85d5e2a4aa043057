using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Search;

namespace CustomerCrm.Articles;

/// <summary>How the tenant's articles are searched and published.</summary>
public sealed record ArticleSettings : IVersioned
{
    /// <summary>Sets of words and phrases that mean the same to the search, each way.</summary>
    /// <example>[["refund","money back"],["parcel","package","shipment"]]</example>
    public IReadOnlyList<IReadOnlyList<string>> Synonyms { get; init; } = [];

    /// <summary>Whether a version must be approved by somebody other than its author before it is published.</summary>
    public bool RequiresReview { get; init; }

    public required int Revision { get; init; }

    /// <summary>Null: never changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal string SynonymsText { init => Synonyms = JsonSerializer.Deserialize<string[][]>(value, StrictJson.Options)!; }

    /// <summary>The synonyms as the search reads words.</summary>
    [JsonIgnore]
    internal IReadOnlyList<IReadOnlyList<string[]>> SynonymWords =>
        [.. Synonyms.Select(set => set.Select(member => SearchTokens.Of(member).ToArray()).Where(member => member.Length > 0).ToArray()).Where(set => set.Length > 1)];
}

/// <summary>Reads them; what holds before anybody has said anything is written here.</summary>
internal sealed class ArticleSettingsReader(TenantDb db)
{
    public async Task<ArticleSettings> GetAsync(CancellationToken ct) => await db.FindAsync<ArticleSettings>(OfTenant, null, ct) ?? new ArticleSettings { Revision = 0 };

    private static readonly TenantSql OfTenant = TenantSql.Of("SELECT s.SynonymsText, s.RequiresReview, s.Revision, s.UpdatedAt FROM ArticleSettings s WHERE s.TenantId = @TenantId");
}
