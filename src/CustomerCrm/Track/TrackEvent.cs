using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Track;

/// <summary>POST /track: somebody did something, now or earlier.</summary>
public static class TrackEvent
{
    public sealed record Request : IValidatableObject
    {
        /// <summary>What was done, compared exactly: <c>product_viewed</c>.</summary>
        /// <example>product_viewed</example>
        [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>When; now if it is left out.</summary>
        public DateTimeOffset? OccurredAt { get; init; }

        /// <summary>Whatever belongs to it: at most 100 members and 8 KiB.</summary>
        /// <example>{"sku":"TEA-1","price_minor":490}</example>
        [EventProperties] public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

        /// <summary>Your own id of this event. Told again, it is recorded once.</summary>
        [StringLength(200, MinimumLength = 1)] public string? UniqueId { get; init; }

        /// <summary>What the visitor is called until it is known who they are: a random id that the page keeps.</summary>
        [StringLength(200, MinimumLength = 1)] public string? AnonymousId { get; init; }

        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Whose, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        internal bool SaysWhose => CustomerId is not null || Customer is not null;

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (CustomerId is not null && Customer is not null)
                yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
            else if (!SaysWhose && AnonymousId is null)
                yield return new BrokenRule("one_needed", "Say whose it is: customer_id, customer or anonymous_id.", nameof(AnonymousId));
        }
    }

    /// <summary>That it is recorded; whose it became is not for everyone to know.</summary>
    public sealed record Receipt
    {
        public required Id<TrackedEvent> Id { get; init; }

        /// <summary>It was recorded before, under the same <c>unique_id</c>, and is left as it was.</summary>
        public required bool IsDuplicate { get; init; }

        /// <summary>Whose it is, for those who keep what it came in.</summary>
        internal Id<Customer>? CustomerId { get; init; }
    }

    internal static async Task<IResult> Handle(Request request, TrackWriter writer, Caller caller, CancellationToken ct) => await writer.RecordAsync(request, OriginOf(caller), ct) switch
    {
        (StatusCodes.Status201Created, var recorded) => TypedResults.Created($"/v1/track/{recorded.Id}", recorded),
        (_, var known) => TypedResults.Ok(known),
    };

    internal static TrackOrigin OriginOf(Caller caller) => caller.IsPublishable ? TrackOrigin.Browser : TrackOrigin.Server;
}
