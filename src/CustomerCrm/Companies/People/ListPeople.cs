using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies.People;

/// <summary>GET /companies/{company_id}/people</summary>
public static class ListPeople
{
    /// <summary>Someone of a company, with what a list of customers shows.</summary>
    public sealed record Row
    {
        public required Id<Customer> CustomerId { get; init; }
        public required string? Name { get; init; }
        public required string? Email { get; init; }
        public required string? Phone { get; init; }

        /// <example>Head of purchasing</example>
        public required string? Role { get; init; }

        /// <summary>Whether it is this customer's primary company.</summary>
        public required bool IsPrimary { get; init; }

        public required DateTimeOffset LastSeenAt { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    internal static async Task<Page<Row>> Handle([FromRoute(Name = "company_id")] Id<Company> companyId, ListQuery query, CompanyReader companies, TenantDb db, CancellationToken ct)
    {
        await companies.CheckAsync(companyId, ct);
        return await List.ReadAsync(query, db, new { CompanyId = companyId }, ct);
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT p.CustomerId, c.Name, c.Email, c.Phone, p.Role, p.IsPrimary, c.LastSeenAt, p.CreatedAt
        FROM CompanyPeople p
        JOIN Customers c ON c.TenantId = p.TenantId AND c.Id = p.CustomerId
        WHERE p.TenantId = @TenantId
          AND p.CompanyId = @CompanyId
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "p.CustomerId", row => row.CustomerId.ToBytes())
        .SortedBy("created_at", "p.CreatedAt", row => row.CreatedAt)
        .FilteredBy("role", "p.Role", FilterType.Text(100, "Head of purchasing"), Operators.Equal | Operators.In)
        .FilteredBy("is_primary", "p.IsPrimary", FilterType.Boolean, Operators.Equal);
}
