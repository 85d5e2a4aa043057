using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Fields;

namespace CustomerCrm.Templates;

/// <summary>Writes templates. What would fail at somebody's door is refused here.</summary>
internal sealed class TemplateWriter(TenantDb db, TemplateCheck check, Caller caller, EventLog events, TimeProvider clock)
{
    private const int MostTemplates = 1000;

    /// <exception cref="ApiProblem">422: it has fields that there are not, or that may be empty. 409: the name is taken.</exception>
    public async Task<Template> CreateAsync(string name, string? description, TemplateParts parts, CancellationToken ct)
    {
        await check.CheckAsync(parts, ct);
        if (await db.FindAsync<int>(Count, null, ct) >= MostTemplates) throw ApiProblem.Conflict("too_many_templates", $"There are {MostTemplates} templates already; more than that there cannot be.");
        var now = clock.GetUtcNow();
        var template = Of(parts, new Template
        {
            Id = Id<Template>.New(), Name = name.Trim(), Description = description, Version = 1, VersionId = Id<TemplateVersion>.New(), Revision = 1, CreatedAt = now, UpdatedAt = now,
        });
        await SaveAsync(Insert, template, null, ct);
        await WriteVersionAsync(template, ct);
        events.Record("template.created", template);
        return template;
    }

    /// <returns>As it is now; the same version if nothing that is written in it has changed.</returns>
    /// <exception cref="ApiProblem">As <see cref="CreateAsync"/>; 412: somebody else changed it since it was read.</exception>
    public async Task<Template> ChangeAsync(Template current, string name, string? description, TemplateParts parts, CancellationToken ct)
    {
        var isRewritten = TextOf(parts) != TextOf(current);
        if (!isRewritten && name == current.Name && description == current.Description) return current;
        if (isRewritten) await check.CheckAsync(parts, ct);
        var changed = Of(parts, current with
        {
            Name = name.Trim(), Description = description,
            Version = isRewritten ? current.Version + 1 : current.Version,
            VersionId = isRewritten ? Id<TemplateVersion>.New() : current.VersionId,
            Revision = current.Revision + 1,
            UpdatedAt = clock.GetUtcNow(),
        });
        await SaveAsync(Update, changed, current.Id, ct);
        if (isRewritten) await WriteVersionAsync(changed, ct);
        events.Record("template.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(Template current, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision, Now = clock.GetUtcNow() }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("template.deleted", current);
    }

    private async Task SaveAsync(TenantSql statement, Template template, Id<Template>? current, CancellationToken ct)
    {
        if (await Template.FindByNameAsync(template.Name, db, ct) is { } there && there.Id != current) throw Exists(there.Id);
        try
        {
            if (await db.ExecuteAsync(statement, new
            {
                template.Id, template.Name, NameKey = Template.KeyOf(template.Name), template.Description, template.VersionId, template.Version, template.Revision, template.CreatedAt, template.UpdatedAt,
            }, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw Exists(null); // somebody was faster
        }
    }

    private Task<int> WriteVersionAsync(Template template, CancellationToken ct) => db.ExecuteAsync(InsertVersion, new
    {
        Id = template.VersionId, TemplateId = template.Id, template.Version, template.Subject, template.Html, template.Text, template.Sms,
        DefaultsText = JsonSerializer.Serialize(template.Defaults, StrictJson.Options),
        LinkTagsText = template.LinkTags is null ? null : JsonSerializer.Serialize(template.LinkTags, StrictJson.Options),
        AuthorKind = caller.Actor.Kind, AuthorId = caller.Actor.Id, AuthorName = caller.Actor.Name, CreatedAt = template.UpdatedAt,
    }, ct);

    private static Template Of(TemplateParts parts, Template template) =>
        template with { Subject = parts.Subject, Html = parts.Html, Text = parts.Text, Sms = parts.Sms, Defaults = parts.Defaults, LinkTags = parts.LinkTags };

    private static string TextOf(TemplateParts parts) => JsonSerializer.Serialize(parts, StrictJson.Options);

    private static ApiProblem Exists(Id<Template>? templateId) =>
        ApiProblem.Conflict("template_exists", "There is a template of this name already; upper and lower case are the same.", new Dictionary<string, object?> { ["template_id"] = templateId });

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM Templates t WHERE t.TenantId = @TenantId AND t.DeletedAt IS NULL");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Templates (TenantId, Id, Name, NameKey, Description, VersionId, Version, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Description, @VersionId, @Version, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Templates
        SET Name = @Name, NameKey = @NameKey, Description = @Description, VersionId = @VersionId, Version = @Version, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
          AND DeletedAt IS NULL
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        UPDATE Templates
        SET DeletedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
          AND DeletedAt IS NULL
        """);

    private static readonly TenantSql InsertVersion = TenantSql.Of("""
        INSERT INTO TemplateVersions (TenantId, Id, TemplateId, Version, Subject, Html, Text, Sms, DefaultsText, LinkTagsText, AuthorKind, AuthorId, AuthorName, CreatedAt)
        VALUES (@TenantId, @Id, @TemplateId, @Version, @Subject, @Html, @Text, @Sms, @DefaultsText, @LinkTagsText, @AuthorKind, @AuthorId, @AuthorName, @CreatedAt)
        """);
}
