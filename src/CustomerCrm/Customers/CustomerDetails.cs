using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Customers;

/// <summary>A customer as another system describes it: a profile, and what it can be recognised by.</summary>
public record CustomerDetails : CustomerProfile
{
    /// <summary>Short for an identity of the kind <c>email</c>.</summary>
    [StringLength(254, MinimumLength = 1)] public string? Email { get; init; }

    /// <summary>Short for an identity of the kind <c>phone</c>: E.164, or as written in the customer's (else the tenant's) country.</summary>
    [StringLength(40, MinimumLength = 1)] public string? Phone { get; init; }

    /// <summary>Short for identities of the kind <c>external</c>.</summary>
    [MaxLength(20)] public IReadOnlyList<ExternalId>? ExternalIds { get; init; }

    /// <summary>All kinds, with what is known of them.</summary>
    [MaxLength(20)] public IReadOnlyList<Identities.IdentityDetails>? Identities { get; init; }

    /// <summary>An id of the customer in another system.</summary>
    public sealed record ExternalId
    {
        /// <summary>Which system: <c>shop</c>.</summary>
        [StringLength(100)] public required string Source { get; init; }

        [StringLength(200)] public required string Id { get; init; }
    }
}
