using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders.Ties;

/// <summary>
/// Ties the lines of orders that are there to the catalogue as it is now. Each order changes as if it had been stated again; quietly, for
/// nothing has happened to it.
/// </summary>
internal sealed class LineTies(TenantDb db, OrderBook book, EventLog events)
{
    /// <summary>An order is back from the bin: its lines name no product that is gone, and each that came meanwhile.</summary>
    public Task MendAsync(Id<Order> orderId, CancellationToken ct) => MendAsync(Condition.Of("o.Id = {0}", orderId), ct);

    /// <summary>The same of all orders of a customer who is back.</summary>
    public Task MendAsync(Id<Customer> customerId, CancellationToken ct) => MendAsync(Condition.Of("o.CustomerId = {0}", customerId), ct);

    /// <summary>Each of them that is still there.</summary>
    public async Task TieAsync(IEnumerable<Id<Order>> orders, CancellationToken ct)
    {
        var wasQuiet = events.IsQuiet;
        events.IsQuiet = true;
        try
        {
            foreach (var orderId in orders) await TieAsync(orderId, ct);
        }
        finally
        {
            events.IsQuiet = wasQuiet;
        }
    }

    private async Task MendAsync(Condition which, CancellationToken ct) =>
        await TieAsync(await db.QueryAsync<Id<Order>>(Outdated.And(which).Then("ORDER BY l.OrderId"), null, ct), ct);

    private async Task TieAsync(Id<Order> orderId, CancellationToken ct)
    {
        try
        {
            var order = await book.LockAsync(orderId, ct);
            await book.SaveAsync(order, order with { Lines = [.. order.Lines.Select(line => line with { ProductId = null })] }, [], ct);
        }
        catch (ApiProblem problem) when (problem.Code == "not_found")
        {
            // Deleted since.
        }
    }

    // CROSS JOIN, because SQLite keeps its order: first the few orders. A line whose product is called otherwise by now stays tied, as it does outside the bin.
    private static readonly TenantSql Outdated = TenantSql.Of("""
        SELECT DISTINCT l.OrderId
        FROM Orders o
        CROSS JOIN OrderLines l
        WHERE o.TenantId = @TenantId
          AND l.TenantId = @TenantId
          AND l.OrderId = o.Id
          AND ((l.ProductId IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Products g WHERE g.TenantId = @TenantId AND g.Id = l.ProductId))
            OR (l.ProductId IS NULL AND EXISTS (SELECT 1 FROM Products p WHERE p.TenantId = @TenantId AND p.SkuKey = l.SkuKey))
            OR (l.ProductId IS NULL AND EXISTS (SELECT 1 FROM ProductExternalIds i WHERE i.TenantId = @TenantId AND i.ExternalKey = l.ProductExternalKey AND i.Source = o.Source)))
        """);
}
