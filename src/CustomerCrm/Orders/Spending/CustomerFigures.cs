using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders.Spending;

/// <summary>
/// What a customer's counted orders come to. Counted anew from the orders in the transaction of each change, by one
/// statement that an index answers: so edits, cancellations, refunds and late arrivals need no rule of their own.
/// </summary>
internal sealed class CustomerFigures(TenantDb db)
{
    /// <summary>
    /// Before anything of the customer's is written: on SQL Server, writers of the same customer's orders wait here for
    /// one another, so that each sees what the one before it wrote. On SQLite there is one writer anyway.
    /// </summary>
    /// <exception cref="ApiProblem">404: there is no such customer.</exception>
    public async Task LockAsync(Id<Customer> customerId, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Lock, new { CustomerId = customerId }, ct) > 0) return;
        try
        {
            if (await db.ExecuteAsync(Begin, new { CustomerId = customerId }, ct) == 0) throw ApiProblem.NotFound("customer");
        }
        catch (DuplicateKeyException)
        {
            await db.ExecuteAsync(Lock, new { CustomerId = customerId }, ct); // another writer began them meanwhile
        }
    }

    public Task CountAsync(Id<Customer> customerId, CancellationToken ct) => db.ExecuteAsync(Count, new { CustomerId = customerId }, ct);

    private static readonly TenantSql Lock = TenantSql.Of("""
        UPDATE CustomerFigures
        SET OrderCount = OrderCount
        WHERE TenantId = @TenantId AND CustomerId = @CustomerId
        """);

    // Selecting from Customers makes another tenant's customer insert nothing.
    private static readonly TenantSql Begin = TenantSql.Of("""
        INSERT INTO CustomerFigures (TenantId, CustomerId, OrderCount, SpendMinor, LeftOutCount)
        SELECT c.TenantId, c.Id, 0, 0, 0
        FROM Customers c
        WHERE c.TenantId = @TenantId AND c.Id = @CustomerId
        """);

    private static readonly TenantSql Count = TenantSql.Of("""
        UPDATE CustomerFigures
        SET OrderCount = s.OrderCount, SpendMinor = s.SpendMinor, LeftOutCount = s.OrderCount - s.StatedCount,
            FirstOrderAt = s.FirstOrderAt, LastOrderAt = s.LastOrderAt
        FROM (SELECT COUNT(*) AS OrderCount, COALESCE(SUM(o.SpendTenantMinor), 0) AS SpendMinor, COUNT(o.SpendTenantMinor) AS StatedCount,
                     MIN(o.PlacedAt) AS FirstOrderAt, MAX(o.PlacedAt) AS LastOrderAt
              FROM Orders o
              WHERE o.TenantId = @TenantId AND o.CustomerId = @CustomerId AND o.IsCounted = 1) s
        WHERE CustomerFigures.TenantId = @TenantId AND CustomerFigures.CustomerId = @CustomerId
        """);
}
