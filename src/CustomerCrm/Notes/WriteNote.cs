using System.ComponentModel.DataAnnotations;
using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Notes;

/// <summary>POST /notes: of a customer, a company or an order.</summary>
public static class WriteNote
{
    public sealed record Request : IValidatableObject
    {
        /// <summary>Of whom; or of a company, or of an order.</summary>
        public Id<Customer>? CustomerId { get; init; }

        public Id<Company>? CompanyId { get; init; }

        /// <summary>It stands in the timeline of the order's customer, too.</summary>
        public Id<Order>? OrderId { get; init; }

        /// <example>Prefers to be called in the afternoon.</example>
        [StringLength(20_000, MinimumLength = 1)] public required string Body { get; init; }

        /// <summary>Shown before the others in the 360 view.</summary>
        public bool IsPinned { get; init; }

        /// <summary>When; now if it is left out.</summary>
        public DateTimeOffset? WrittenAt { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            var named = (CustomerId is null ? 0 : 1) + (CompanyId is null ? 0 : 1) + (OrderId is null ? 0 : 1);
            if (named == 0) yield return new BrokenRule("required", "Say what it is of: customer_id, company_id or order_id.", nameof(CustomerId));
            if (named > 1) yield return new BrokenRule("too_many", "A note is of one thing: customer_id, company_id or order_id.", OrderId is null ? nameof(CompanyId) : nameof(OrderId));
        }
    }

    internal static async Task<Created<Note>> Handle(Request request, NoteWriter writer, CancellationToken ct)
    {
        var note = await writer.AddAsync(request, ct);
        return TypedResults.Created($"/v1/notes/{note.Id}", note);
    }
}
