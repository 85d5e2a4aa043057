using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

/// <summary>The customer, its identities and its interactions are gone for good. Orders are the shop's books: they keep their customer.</summary>
internal static class RemoveCustomer
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, CustomerWriter writer, CancellationToken ct)
    {
        var current = await ShowCustomer.FindAsync(customerId, db, ct);
        await conflicts.CheckAsync(ifMatch, customerId, current.Revision, change: null, ct);
        if ((await db.QueryTopAsync<int>(AnyOrder, 1, new { CustomerId = customerId }, ct)).Count > 0)
            throw ApiProblem.Conflict("customer_has_orders", "The customer has orders and cannot be deleted.");
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }

    // SQL Server holds the place where an order would stand: one that is placed between this look and the deletion would
    // go with its customer. SQLite has one writer.
    private static readonly TenantSql AnyOrder = TenantSql.Of(
        sqlServer: """
            SELECT 1
            FROM Orders o WITH (UPDLOCK, HOLDLOCK)
            WHERE o.TenantId = @TenantId
              AND o.CustomerId = @CustomerId
            ORDER BY o.PlacedAt
            """,
        sqlite: """
            SELECT 1
            FROM Orders o
            WHERE o.TenantId = @TenantId
              AND o.CustomerId = @CustomerId
            ORDER BY o.PlacedAt
            """);
}
