using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Templates;

namespace CustomerCrm.Slas.Acknowledging;

/// <summary>Whether and how customers are told when to expect an answer.</summary>
public sealed record AcknowledgementPolicy : IVersioned
{
    /// <summary>Off until somebody says otherwise.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Within so many hours, and until somebody has answered, a conversation gets no second one.</summary>
    public int BurstHours { get; init; } = 12;

    /// <summary>What is sent, by the customer's language; where none fits, a text of the program's own in English, German, French or Serbian.</summary>
    public IReadOnlyList<AcknowledgementTemplate> Templates { get; init; } = [];

    public int Revision { get; init; }

    /// <summary>Null: nobody has said anything yet.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal string TemplatesText { init => Templates = JsonSerializer.Deserialize<AcknowledgementTemplate[]>(value, StrictJson.Options)!; }
}

/// <summary>A template for customers of a language. It may use <c>data.ticket_number</c>, <c>data.subject</c>, <c>data.opens_at</c> and <c>data.expected_at</c>.</summary>
/// <example>{"language":"de","template_id":"tpl_01951c2e8f0070008000000000"}</example>
public sealed record AcknowledgementTemplate
{
    /// <summary>A BCP 47 tag; null for everybody else.</summary>
    /// <example>de</example>
    [StringLength(35, MinimumLength = 2)] public string? Language { get; init; }

    public required Id<Template> TemplateId { get; init; }
}

/// <summary>PATCH /slas/acknowledgement</summary>
public static class ChangeAcknowledgement
{
    /// <example>{"is_enabled":true,"burst_hours":12}</example>
    public sealed record Request : IValidatableObject
    {
        public Change<bool> IsEnabled { get; init; }

        [Range(1, 168)] public Change<int> BurstHours { get; init; }

        [Required, MaxLength(50)] public Change<IReadOnlyList<AcknowledgementTemplate>> Templates { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            foreach (var i in Repeats.In(Templates.Value, template => template.Language?.ToLowerInvariant() ?? ""))
                yield return new BrokenRule("language_twice", "One template for each language.", $"{nameof(Templates)}[{i}].Language");
        }
    }

    internal static async Task<AcknowledgementPolicy> Handle(Request request, IfMatch ifMatch, AcknowledgementSettings settings, CancellationToken ct)
    {
        var current = await settings.GetAsync(ct);
        ifMatch.Check(current.Revision);
        return await settings.ChangeAsync(current with { IsEnabled = request.IsEnabled.Or(current.IsEnabled), BurstHours = request.BurstHours.Or(current.BurstHours), Templates = request.Templates.Or(current.Templates)! }, ct);
    }
}

/// <summary>Reads and writes it: one row for each data set that has said something.</summary>
internal sealed class AcknowledgementSettings(TenantDb db, EventLog events, TimeProvider clock)
{
    public async Task<AcknowledgementPolicy> GetAsync(CancellationToken ct) => await db.FindAsync<AcknowledgementPolicy>(Current, null, ct) ?? new AcknowledgementPolicy();

    public async Task<bool> IsOnAsync(CancellationToken ct) => (await GetAsync(ct)).IsEnabled;

    /// <exception cref="ApiProblem">412: somebody else changed it meanwhile. 422: a template that is not there.</exception>
    public async Task<AcknowledgementPolicy> ChangeAsync(AcknowledgementPolicy wanted, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var (i, template) in wanted.Templates.Index())
            if (await db.FindAsync<int?>(HasTemplate, new { template.TemplateId }, ct) is null) errors.Add(new($"/templates/{i}/template_id", "unknown_template", "There is no such template."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
        var row = new { wanted.IsEnabled, wanted.BurstHours, TemplatesText = JsonSerializer.Serialize(wanted.Templates, StrictJson.Options), wanted.Revision, Now = clock.GetUtcNow() };
        try
        {
            if (await db.ExecuteAsync(wanted.Revision == 0 ? Insert : Update, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.PreconditionFailed();
        }
        var changed = await GetAsync(ct);
        events.Record("sla.acknowledgement_changed", changed);
        return changed;
    }

    private static readonly TenantSql Current = TenantSql.Of("SELECT s.IsEnabled, s.BurstHours, s.TemplatesText, s.Revision, s.UpdatedAt FROM SlaSettings s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql HasTemplate = TenantSql.Of("SELECT 1 FROM Templates t WHERE t.TenantId = @TenantId AND t.Id = @TemplateId AND t.DeletedAt IS NULL");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SlaSettings (TenantId, IsEnabled, BurstHours, TemplatesText, Revision, UpdatedAt)
        VALUES (@TenantId, @IsEnabled, @BurstHours, @TemplatesText, @Revision + 1, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SlaSettings
        SET IsEnabled = @IsEnabled, BurstHours = @BurstHours, TemplatesText = @TemplatesText, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Revision = @Revision
        """);
}
