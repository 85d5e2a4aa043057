using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Track.Visitors;

/// <summary>POST /track/identify: this visitor is that customer. The past comes along.</summary>
public static class IdentifyVisitor
{
    public sealed record Request : IValidatableObject
    {
        [StringLength(200, MinimumLength = 1)] public required string AnonymousId { get; init; }
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Who, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (CustomerId is null == Customer is null)
                yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
        }
    }

    internal static async Task<VisitorIdentified> Handle(Request request, VisitorBook visitors, CustomerFinder finder, CancellationToken ct) =>
        await visitors.TieAsync(request.AnonymousId, request.CustomerId ?? await finder.FindOrCreateAsync(request.Customer!, "/customer", ct), ct);
}
