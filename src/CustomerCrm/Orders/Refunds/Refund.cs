using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Orders.Refunds;

/// <summary>Money that was paid back for an order, in the order's currency. It never changes.</summary>
public sealed record Refund : IHasId, IVersioned
{
    public static string Prefix => "rfd";

    public required Id<Refund> Id { get; init; }
    public required Id<Order> OrderId { get; init; }

    /// <summary>Its id where the order came from.</summary>
    public string? ExternalId { get; init; }

    /// <summary>All that was paid back: goods, tax and shipping.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>The part for goods, which is off the order's spend.</summary>
    public required long GoodsMinor { get; init; }

    public required long TaxMinor { get; init; }
    public required long ShippingMinor { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset RefundedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public int Revision => 1;
}
