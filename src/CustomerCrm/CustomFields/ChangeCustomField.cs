using System.ComponentModel.DataAnnotations;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CustomFields;

/// <summary>PATCH /custom_fields/{custom_field_id}: what people read, and what there is to choose. Name and type are what the values are known by.</summary>
public static class ChangeCustomField
{
    public sealed record Request : IValidatableObject
    {
        [StringLength(100, MinimumLength = 1), Required] public Change<string> Label { get; init; }
        [StringLength(1000, MinimumLength = 1)] public Change<string> Description { get; init; }

        /// <summary>All that can be chosen from now on, in this order; what is left out is retired, and comes back when it is named again.</summary>
        /// <example>[{"name":"gold","label":"Gold"}]</example>
        [MinLength(1), MaxLength(OptionDetails.Most), Required] public Change<IReadOnlyList<OptionDetails>> Options { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            foreach (var twice in OptionDetails.Twice(Options.Value, nameof(Options))) yield return twice;
        }
    }

    internal static async Task<CustomField> Handle(
        [FromRoute(Name = "custom_field_id")] Id<CustomField> customFieldId, Request request, IfMatch ifMatch, TenantDb db, KnownCustomFields known,
        EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await CustomField.FindAsync(customFieldId, db, ct);
        ifMatch.Check(current.Revision);
        if (request.Options.IsSet && current.Type != CustomFieldType.Choice) throw ApiProblem.Invalid("/options", "not_allowed", "Only a choice has options.");

        var options = request.Options.IsSet ? OptionDetails.After(current.Options!, request.Options.Value!) : current.Options;
        if (options?.Count > MostEver) throw ApiProblem.Invalid("/options", "too_many", $"At most {MostEver} options, retired ones included.");
        var changed = current with
        {
            Label = request.Label.Or(current.Label)!,
            Description = request.Description.Or(current.Description),
            Options = options,
        };
        if (changed == current) return current;

        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, new { changed.Id, changed.Label, changed.Description, changed.OptionsText, changed.Revision, changed.UpdatedAt }, ct) == 0)
            throw ApiProblem.PreconditionFailed();
        known.ForgetAfterCommit();
        events.Record("custom_field.updated", changed);
        return changed;
    }

    private const int MostEver = 1000;

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE CustomFields
        SET Label = @Label, Description = @Description, OptionsText = @OptionsText, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
          AND DeletedAt IS NULL
        """);
}
