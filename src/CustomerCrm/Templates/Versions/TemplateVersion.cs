using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Templates;

/// <summary>What was written in a template at some time. It never changes, and stays when the template is deleted.</summary>
public sealed record TemplateVersion : TemplateParts, IHasId
{
    public static string Prefix => "tpv";

    public required Id<TemplateVersion> Id { get; init; }
    public required Id<Template> TemplateId { get; init; }
    public required int Version { get; init; }

    /// <summary>Who wrote it, as they were called then.</summary>
    public Actor Author
    {
        get => new(AuthorKind, AuthorId, AuthorName);
        init => (AuthorKind, AuthorId, AuthorName) = (value.Kind, value.Id, value.Name);
    }

    public required DateTimeOffset CreatedAt { get; init; }

    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";
    internal string DefaultsText { init => Defaults = Template.ReadDefaults(value); }
    internal string? LinkTagsText { init => LinkTags = Template.ReadLinkTags(value); }

    internal static async Task<Page<TemplateVersion>> Handle([FromRoute(Name = "template_id")] Id<Template> templateId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Template.FindAsync(templateId, db, ct);
        return await List.Where(Condition.Of("v.TemplateId = {0}", templateId)).ReadAsync(query, db, null, ct);
    }

    internal static async Task<TemplateVersion> Show(
        [FromRoute(Name = "template_id")] Id<Template> templateId, [FromRoute(Name = "template_version_id")] Id<TemplateVersion> versionId, TenantDb db, CancellationToken ct)
    {
        await Template.FindAsync(templateId, db, ct);
        return await db.FindAsync<TemplateVersion>(OfTemplate, new { TemplateId = templateId, VersionId = versionId }, ct) ?? throw ApiProblem.NotFound("template_version");
    }

    private static readonly TenantSql All = TenantSql.Of("""
        SELECT v.Id, v.TemplateId, v.Version, v.Subject, v.Html, v.Text, v.Sms, v.DefaultsText, v.LinkTagsText, v.AuthorKind, v.AuthorId, v.AuthorName, v.CreatedAt
        FROM TemplateVersions v
        WHERE v.TenantId = @TenantId
        """);

    private static readonly TenantSql OfTemplate = All.Then("""
          AND v.TemplateId = @TemplateId
          AND v.Id = @VersionId
        """);

    internal static readonly ListOf<TemplateVersion> List = ListOf<TemplateVersion>.From(All, "v.Id", version => version.Id.ToBytes())
        .SortedBy("version", "v.Version", version => version.Version, isDescending: true);
}
