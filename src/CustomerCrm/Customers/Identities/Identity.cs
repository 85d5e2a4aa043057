using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Customers.Identities;

/// <summary>Something by which a customer is recognised. No two of a tenant are the same, whoever's they are.</summary>
public sealed record Identity : IHasId, IVersioned
{
    public static string Prefix => "idn";

    public required Id<Identity> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required IdentityKind Kind { get; init; }

    /// <summary>Of which system or network; null for e-mail and phone.</summary>
    public string? Source { get; init; }

    public required string Value { get; init; }
    public required bool IsVerified { get; init; }

    /// <summary>The one of its kind to be used; there is exactly one where there is any.</summary>
    public required bool IsPrimary { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
