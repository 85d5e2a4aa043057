using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies.People;

/// <summary>GET /customers/{customer_id}/companies</summary>
public static class ListCustomerCompanies
{
    /// <summary>A company that a customer belongs to.</summary>
    public sealed record Row
    {
        public required Id<Company> CompanyId { get; init; }

        /// <example>Analytical Engines</example>
        public required string Name { get; init; }

        /// <example>Head of purchasing</example>
        public required string? Role { get; init; }

        public required bool IsPrimary { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    internal static async Task<Page<Row>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // in none, or nobody?
        return page;
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT p.CompanyId, g.Name, p.Role, p.IsPrimary, p.CreatedAt
        FROM CompanyPeople p
        JOIN Companies g ON g.TenantId = p.TenantId AND g.Id = p.CompanyId
        WHERE p.TenantId = @TenantId
          AND p.CustomerId = @CustomerId
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "p.CompanyId", row => row.CompanyId.ToBytes())
        .SortedBy("created_at", "p.CreatedAt", row => row.CreatedAt)
        .FilteredBy("is_primary", "p.IsPrimary", FilterType.Boolean, Operators.Equal);
}
