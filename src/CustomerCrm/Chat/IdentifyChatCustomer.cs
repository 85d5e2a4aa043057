using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Chat;

/// <summary>POST /chat/identities: the tenant's own program says who looks at its page.</summary>
public static class IdentifyChatCustomer
{
    public sealed record Request : IValidatableObject
    {
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Who, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (CustomerId is null == Customer is null) yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
        }
    }

    /// <summary>A word for the page to begin a chat with.</summary>
    public sealed record Identity
    {
        /// <summary>For `identity_token` of `POST /v1/chat`.</summary>
        public required string IdentityToken { get; init; }

        public required DateTimeOffset ExpiresAt { get; init; }
    }

    internal static async Task<Identity> Handle(Request request, ChatIdentity identities, CustomerFinder finder, TenantDb db, CancellationToken ct)
    {
        var customerId = request.CustomerId ?? await finder.FindOrCreateAsync(request.Customer!, "/customer", ct);
        await ShowCustomer.FindAsync(customerId, db, ct);
        var (token, expiresAt) = identities.Write(customerId);
        return new Identity { IdentityToken = token, ExpiresAt = expiresAt };
    }
}
