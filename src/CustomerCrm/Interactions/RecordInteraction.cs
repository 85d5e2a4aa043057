using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Interactions;

/// <summary>POST /v1/interactions: something happened, now or long ago.</summary>
public static class RecordInteraction
{
    public sealed record Request : IValidatableObject
    {
        /// <summary>Whose; or say it by <see cref="Customer"/>.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Whose, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        [Required] public InteractionChannel? Channel { get; init; }
        [Required] public InteractionDirection? Direction { get; init; }

        /// <summary>When; now if it is left out.</summary>
        public DateTimeOffset? OccurredAt { get; init; }

        [StringLength(200, MinimumLength = 1)] public string? Agent { get; init; }
        [StringLength(500, MinimumLength = 1)] public string? Subject { get; init; }
        [StringLength(20_000, MinimumLength = 1)] public string? Body { get; init; }
        [StringLength(100, MinimumLength = 1)] public string? Outcome { get; init; }
        [Range(0, 30 * 24 * 3600)] public int? DurationSeconds { get; init; }

        /// <summary>The system it comes from; with <see cref="ExternalId"/> it is recorded only once.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init; }

        /// <summary>The values of the tenant's own fields, by their names.</summary>
        /// <example>{"satisfaction":4}</example>
        [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (CustomerId is null == Customer is null)
                yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
            if (Source is null != ExternalId is null)
                yield return new BrokenRule("both_needed", "A source and an external_id belong together.", nameof(ExternalId));
        }
    }

    internal static async Task<IResult> Handle(Request request, InteractionWriter writer, CancellationToken ct) => await writer.RecordAsync(request, ct) switch
    {
        (StatusCodes.Status201Created, var added) => TypedResults.Created($"/v1/interactions/{added.Id}", added),
        (_, var known) => TypedResults.Ok(known),
    };
}
