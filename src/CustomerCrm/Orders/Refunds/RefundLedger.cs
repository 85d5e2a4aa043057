using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Orders.Refunds;

/// <summary>What was paid back for orders. Rows are only ever added.</summary>
internal sealed class RefundLedger(TenantDb db)
{
    /// <summary>What was paid back for an order so far, and under which ids.</summary>
    public async Task<(RefundParts Taken, HashSet<string> Known)> SoFarAsync(Id<Order> orderId, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Refund>(OfOrder, new { OrderId = orderId }, ct);
        var taken = rows.Aggregate(RefundParts.None, (sum, r) => sum.Plus(new RefundParts(r.GoodsMinor, r.TaxMinor, r.ShippingMinor)));
        return (taken, rows.Select(r => r.ExternalId?.Trim()).OfType<string>().ToHashSet(StringComparer.Ordinal));
    }

    public Task AddAsync(IReadOnlyList<Refund> refunds, Id<Customer> customerId, CancellationToken ct) => db.ExecuteEachAsync(Insert, refunds.Select(r => new
    {
        r.Id,
        r.OrderId,
        CustomerId = customerId,
        r.ExternalId,
        ExternalKey = r.ExternalId is { } id ? Encoding.UTF8.GetBytes(id) : null,
        r.AmountMinor,
        r.GoodsMinor,
        r.TaxMinor,
        r.ShippingMinor,
        r.Reason,
        r.RefundedAt,
        r.CreatedAt,
    }), ct);

    /// <summary>The order has become another customer's.</summary>
    public Task MoveAsync(Order order, CancellationToken ct) => db.ExecuteAsync(Move, new { OrderId = order.Id, order.CustomerId }, ct);

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql OfOrder = TenantSql.Of("""
        SELECT r.Id, r.OrderId, r.ExternalId, r.AmountMinor, r.GoodsMinor, r.TaxMinor, r.ShippingMinor, r.Reason, r.RefundedAt, r.CreatedAt
        FROM Refunds r
        WHERE r.TenantId = @TenantId AND r.OrderId = @OrderId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Refunds (TenantId, Id, OrderId, CustomerId, ExternalId, ExternalKey, AmountMinor, GoodsMinor, TaxMinor, ShippingMinor,
            Reason, RefundedAt, CreatedAt)
        VALUES (@TenantId, @Id, @OrderId, @CustomerId, @ExternalId, @ExternalKey, @AmountMinor, @GoodsMinor, @TaxMinor, @ShippingMinor,
            @Reason, @RefundedAt, @CreatedAt)
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE Refunds
        SET CustomerId = @CustomerId
        WHERE TenantId = @TenantId AND OrderId = @OrderId
        """);
}
