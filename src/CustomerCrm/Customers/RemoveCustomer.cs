using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

/// <summary>The customer goes into the bin with all that hangs on it. Orders are the shop's books: they go along only where the caller says so.</summary>
internal static class RemoveCustomer
{
    /// <param name="customerId">Whom.</param>
    /// <param name="withOrders">True sends the customer's orders into the bin, too: they leave every figure until they are restored.</param>
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, [FromQuery(Name = "with_orders")] bool? withOrders, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, CustomerWriter writer, CancellationToken ct)
    {
        var current = await ShowCustomer.FindAsync(customerId, db, ct);
        await conflicts.CheckAsync(ifMatch, customerId, current.Revision, change: null, ct);
        if (withOrders != true && (await db.QueryTopAsync<int>(AnyOrder, 1, new { CustomerId = customerId }, ct)).Count > 0)
            throw ApiProblem.Conflict("customer_has_orders", "The customer has orders. Say with_orders=true to delete them, too.");
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
