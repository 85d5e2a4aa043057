using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Companies.People;

/// <summary>That a customer belongs to a company.</summary>
public sealed record CompanyPerson : IVersioned
{
    public required Id<Company> CompanyId { get; init; }
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>What they do there, in the tenant's own words.</summary>
    /// <example>Head of purchasing</example>
    public string? Role { get; init; }

    /// <summary>Of a customer's companies exactly one is the primary one: orders count for it.</summary>
    public required bool IsPrimary { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
