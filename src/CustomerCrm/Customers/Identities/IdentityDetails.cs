using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Identities.Forms;

namespace CustomerCrm.Customers.Identities;

/// <summary>An identity as a caller states it.</summary>
public record IdentityDetails
{
    [Required] public IdentityKind? Kind { get; init; }

    /// <summary>For <c>external</c> the system, for <c>social</c> the network; for the others it is left out.</summary>
    [StringLength(100)] public string? Source { get; init; }

    [StringLength(254)] public required string Value { get; init; }

    /// <summary>Somebody has made sure that it is the customer's.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The one of its kind to be used. The first of a kind is it by itself.</summary>
    public bool IsPrimary { get; init; }
}
