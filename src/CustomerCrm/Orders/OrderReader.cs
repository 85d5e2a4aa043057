using CustomerCrm.Customers;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders;

/// <summary>Finds orders, whole.</summary>
internal sealed class OrderReader(TenantDb db, OrderLines lines)
{
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Order> FindAsync(Id<Order> orderId, CancellationToken ct)
    {
        var order = await db.FindAsync<Order>(ById, new { OrderId = orderId }, ct) ?? throw ApiProblem.NotFound("order");
        return (await lines.AttachAsync([order], ct))[0];
    }

    public async Task<Id<Order>?> FindIdAsync(ExternalOrder external, CancellationToken ct) =>
        (await db.FindAsync<Known>(ByExternal, new { external.Source, external.Key }, ct))?.Id;

    public async Task<Id<Customer>?> FindCustomerAsync(Id<Order> orderId, CancellationToken ct) =>
        (await db.FindAsync<Known>(CustomerOf, new { OrderId = orderId }, ct))?.CustomerId;

    private sealed record Known
    {
        public Id<Order> Id { get; init; }
        public Id<Customer> CustomerId { get; init; }
    }

    private const string Columns = """
        o.Id, o.CustomerId, o.Source, o.ExternalId, o.OrderNumber, o.PlacedAt, o.Currency, o.LinesMinor, o.DiscountMinor, o.TaxMinor,
        o.IsTaxIncluded, o.ShippingMinor, o.RefundedMinor, o.RefundedGoodsMinor, o.SpendMinor, o.RateE12, o.SpendTenantMinor,
        o.PaymentStatus, o.FulfillmentStatus, o.CancelledAt, o.CancellationReason, o.IsCounted, o.SourceUpdatedAt, o.Revision,
        o.CreatedAt, o.UpdatedAt, (SELECT x.Text FROM OrderFields x WHERE x.TenantId = o.TenantId AND x.OrderId = o.Id) AS CustomFieldsText
        """;

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Columns}
        FROM Orders o
        WHERE o.TenantId = @TenantId
        """);

    /// <summary>The same, begun at the values of the tenant's own fields (CROSS JOIN, because SQLite keeps its order).</summary>
    internal static readonly TenantSql MatchingByValue = TenantSql.Of($"""
        SELECT {Columns}
        FROM OrderFieldValues v
        CROSS JOIN Orders o
        WHERE v.TenantId = @TenantId
          AND o.TenantId = @TenantId
          AND o.Id = v.OrderId
        """);

    internal static readonly TenantSql MatchingByTag = TenantSql.Of($"""
        SELECT {Columns}
        FROM OrderTags v
        CROSS JOIN Orders o
        WHERE v.TenantId = @TenantId
          AND o.TenantId = @TenantId
          AND o.Id = v.OrderId
        """);

    /// <summary>The same, begun at the orders themselves by another index than that of their order.</summary>
    internal static readonly TenantSql MatchingAlike = TenantSql.Of($"""
        SELECT {Columns}
        FROM Orders v
        CROSS JOIN Orders o
        WHERE v.TenantId = @TenantId
          AND o.TenantId = @TenantId
          AND o.Id = v.Id
        """);

    private static readonly TenantSql ById = Matching.Then("AND o.Id = @OrderId");

    private static readonly TenantSql ByExternal = TenantSql.Of("""
        SELECT o.Id, o.CustomerId
        FROM Orders o
        WHERE o.TenantId = @TenantId AND o.ExternalKey = @Key AND o.Source = @Source
        """);

    private static readonly TenantSql CustomerOf = TenantSql.Of("""
        SELECT o.Id, o.CustomerId
        FROM Orders o
        WHERE o.TenantId = @TenantId AND o.Id = @OrderId
        """);
}
