using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Help;

/// <summary>The tenant's public help pages.</summary>
public sealed record HelpCenter : IHasId, IVersioned
{
    public static string Prefix => "help";

    /// <summary>Its name in addresses, of which no two tenants have the same; null: there are no pages.</summary>
    /// <example>acme</example>
    public string? Slug { get; init; }

    /// <summary>Where the pages are; null while there are none.</summary>
    /// <example>https://crm.example.com/help/acme</example>
    public string? Url { get; init; }

    /// <summary>The heading of the first page; null: one in the reader's language.</summary>
    public string? Title { get; init; }

    /// <summary>A sentence below it.</summary>
    public string? Intro { get; init; }

    /// <summary>Whether there is a form to write to the tenant.</summary>
    public bool TakesContact { get; init; } = true;

    public required int Revision { get; init; }

    /// <summary>Null: never changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore]
    internal Id<HelpCenter> Id { get; init; }
}

/// <summary>Reads it; what holds before anybody has said anything is written here.</summary>
internal sealed class HelpCenters(TenantDb db, Microsoft.Extensions.Options.IOptions<PublicOptions> options)
{
    public async Task<HelpCenter> GetAsync(CancellationToken ct) => WithUrl(await db.FindAsync<HelpCenter>(OfTenant, null, ct) ?? new HelpCenter { Revision = 0 });

    public HelpCenter WithUrl(HelpCenter center) => center with { Url = center.Slug is null ? null : $"{options.Value.BaseUrl.TrimEnd('/')}{HelpRoutes.Path}/{center.Slug}" };

    private static readonly TenantSql OfTenant = TenantSql.Of("SELECT h.Id, h.Slug, h.Title, h.Intro, h.TakesContact, h.Revision, h.UpdatedAt FROM HelpCenters h WHERE h.TenantId = @TenantId");
}
