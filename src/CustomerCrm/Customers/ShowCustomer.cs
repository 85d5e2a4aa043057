using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

internal static class ShowCustomer
{
    internal static Task<Customer> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, TenantDb db, CancellationToken ct) => FindAsync(customerId, db, ct);

    /// <summary>GET /customers/by-external-id/{source}/{external_id}</summary>
    internal static async Task<Customer> ByExternalId(
        string source, [FromRoute(Name = "external_id")] string externalId, IdentityOwners owners, TenantDb db, CancellationToken ct)
    {
        var reading = Identifier.External(source, externalId);
        if (!reading.IsValid || await owners.FindAsync([reading.Value], ct) is not [var owned]) throw ApiProblem.NotFound("customer");
        return await FindAsync(owned.CustomerId, db, ct);
    }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Customer> FindAsync(Id<Customer> customerId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Customer>(ById, new { CustomerId = customerId }, ct) ?? throw ApiProblem.NotFound("customer");

    /// <returns>Those there are, at most 500 at once.</returns>
    internal static async Task<IReadOnlyList<Customer>> FindManyAsync(IReadOnlyCollection<Id<Customer>> ids, TenantDb db, CancellationToken ct) =>
        ids.Count == 0 ? [] : await db.QueryAsync<Customer>(Any.And(Condition.In("c.Id", ids.Select(id => (object?)id.ToBytes()))), null, ct);

    private static readonly TenantSql Any = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM Customers c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);
}
