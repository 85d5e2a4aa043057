using System.Text;
using System.Text.Json;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;

namespace CustomerCrm.Templates;

/// <summary>What messages are made of, as it is now. Each change is a new version; messages say which they were made of.</summary>
public sealed record Template : TemplateParts, IHasId, IVersioned
{
    public static string Prefix => "tpl";

    public required Id<Template> Id { get; init; }

    /// <summary>Callers may name a template by it; case does not count.</summary>
    /// <example>order_shipped</example>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>1 for the first, and one more with each change of what is written in it.</summary>
    public required int Version { get; init; }

    public required Id<TemplateVersion> VersionId { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string DefaultsText { init => Defaults = ReadDefaults(value); }
    internal string? LinkTagsText { init => LinkTags = ReadLinkTags(value); }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Template> FindAsync(Id<Template> templateId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Template>(ById, new { TemplateId = templateId }, ct) ?? throw ApiProblem.NotFound("template");

    internal static Task<Template?> FindByNameAsync(string name, TenantDb db, CancellationToken ct) =>
        db.FindAsync<Template>(ByName, new { NameKey = KeyOf(name) }, ct);

    internal static byte[] KeyOf(string name) => Encoding.UTF8.GetBytes(NormalizedName.Of(name));

    internal static IReadOnlyDictionary<string, string> ReadDefaults(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text, StrictJson.Options)!;

    internal static LinkTags? ReadLinkTags(string? text) => text is null ? null : JsonSerializer.Deserialize<LinkTags>(text, StrictJson.Options);

    /// <summary>Ends in its WHERE.</summary>
    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT t.Id, t.Name, t.Description, t.Version, t.VersionId, v.Subject, v.Html, v.Text, v.Sms, v.DefaultsText, v.LinkTagsText, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM Templates t
        JOIN TemplateVersions v ON v.TenantId = t.TenantId AND v.Id = t.VersionId
        WHERE t.TenantId = @TenantId
          AND t.DeletedAt IS NULL
        """);

    private static readonly TenantSql ById = All.Then("AND t.Id = @TemplateId");

    private static readonly TenantSql ByName = All.Then("AND t.NameKey = @NameKey");
}
