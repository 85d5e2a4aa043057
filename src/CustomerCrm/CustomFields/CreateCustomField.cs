using System.ComponentModel.DataAnnotations;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Money;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.CustomFields;

/// <summary>POST /custom_fields. There is nothing to be done to the records: they have no value of it yet.</summary>
public static class CreateCustomField
{
    /// <summary>For each resource.</summary>
    internal const int Most = 200;

    /// <example>{"resource":"customers","name":"loyalty_tier","label":"Loyalty tier","type":"choice","options":[{"name":"gold","label":"Gold"},{"name":"silver","label":"Silver"}]}</example>
    public sealed record Request : IValidatableObject
    {
        [Required] public CustomFieldResource? Resource { get; init; }

        /// <summary>Small letters, digits and _, beginning with a letter. It cannot be changed.</summary>
        [StringLength(50), RegularExpression("^[a-z][a-z0-9_]*$")] public required string Name { get; init; }

        /// <summary>What people read.</summary>
        [StringLength(100)] public required string Label { get; init; }

        [StringLength(1000, MinimumLength = 1)] public string? Description { get; init; }

        /// <summary>It cannot be changed.</summary>
        [Required] public CustomFieldType? Type { get; init; }

        /// <summary>Of a choice, and of no other type.</summary>
        [MinLength(1), MaxLength(OptionDetails.Most)] public IReadOnlyList<OptionDetails>? Options { get; init; }

        /// <summary>Of money, and of no other type: an ISO 4217 code. The tenant's, if nothing is said.</summary>
        [CurrencyCode] public string? Currency { get; init; }

        /// <summary>Of a reference, and of no other type: to what.</summary>
        public CustomFieldResource? ReferencesTo { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Type == CustomFieldType.Choice && Options is null) yield return new BrokenRule("required", "A choice has options.", nameof(Options));
            if (Type == CustomFieldType.Reference && ReferencesTo is null) yield return new BrokenRule("required", "A reference is to something.", nameof(ReferencesTo));
            if (Type != CustomFieldType.Choice && Options is not null) yield return new BrokenRule("not_allowed", "Only a choice has options.", nameof(Options));
            if (Type != CustomFieldType.Money && Currency is not null) yield return new BrokenRule("not_allowed", "Only money has a currency.", nameof(Currency));
            if (Type != CustomFieldType.Reference && ReferencesTo is not null) yield return new BrokenRule("not_allowed", "Only a reference is to something.", nameof(ReferencesTo));
            foreach (var twice in OptionDetails.Twice(Options, nameof(Options))) yield return twice;
        }
    }

    internal static async Task<Created<CustomField>> Handle(
        Request request, TenantDb db, KnownCustomFields known, CurrentSettings settings, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountOf, new { request.Resource }, ct) >= Most)
            throw ApiProblem.Conflict("too_many_custom_fields", $"There are at most {Most} fields of one resource. Delete one first.");

        var now = clock.GetUtcNow();
        var field = new CustomField
        {
            Id = Id<CustomField>.New(),
            Resource = request.Resource!.Value,
            Name = request.Name,
            Label = request.Label,
            Description = request.Description,
            Type = request.Type!.Value,
            Options = request.Options is null ? null : OptionDetails.After([], request.Options),
            Currency = request.Type == CustomFieldType.Money ? request.Currency ?? (await settings.GetAsync(ct)).Currency : null,
            ReferencesTo = request.ReferencesTo,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        try
        {
            await db.ExecuteAsync(Insert, new
            {
                field.Id, field.Resource, field.Name, field.Label, field.Description, field.Type, field.OptionsText, field.Currency, field.ReferencesTo, Now = now,
            }, ct);
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("custom_field_exists", "The resource has a field of this name, or one that is just being taken away.");
        }
        known.ForgetAfterCommit();
        events.Record("custom_field.created", field);
        return TypedResults.Created($"/v1/custom_fields/{field.Id}", field);
    }

    // Those that are being taken away count, too: they are in the records still.
    private static readonly TenantSql CountOf = TenantSql.CountHeld("CustomFields", "Resource = @Resource");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO CustomFields (TenantId, Id, Resource, Name, Label, Description, Type, OptionsText, Currency, ReferencesTo, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Resource, @Name, @Label, @Description, @Type, @OptionsText, @Currency, @ReferencesTo, 1, @Now, @Now)
        """);
}
