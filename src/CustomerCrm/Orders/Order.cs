using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Orders;

/// <summary>What a customer ordered. Amounts are whole minor units of <see cref="Currency"/> unless they say tenant.</summary>
public record Order : IHasId, IVersioned
{
    public static string Prefix => "ord";

    public required Id<Order> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>Where the order came from: <c>shop</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Its id there.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What people call it, as on the invoice.</summary>
    public string? OrderNumber { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>An ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public IReadOnlyList<OrderLine> Lines { get; init; } = [];

    /// <summary>The lines after their own discounts.</summary>
    [NotInHistory] public long LinesMinor { get; init; }

    /// <summary>Off the order as a whole, beside the discounts of its lines.</summary>
    public long DiscountMinor { get; init; }

    public long TaxMinor { get; init; }

    /// <summary>Whether the lines' prices contain the tax already.</summary>
    public bool IsTaxIncluded { get; init; }

    public long ShippingMinor { get; init; }

    /// <summary>What the customer pays in all.</summary>
    [NotInHistory] public long TotalMinor => OrderSpend.TotalMinor(LinesMinor, DiscountMinor, TaxMinor, IsTaxIncluded, ShippingMinor);

    /// <summary>What was paid back in all.</summary>
    public long RefundedMinor { get; init; }

    /// <summary>The part of it that was for goods, and so is off the spend.</summary>
    [NotInHistory] public long RefundedGoodsMinor { get; init; }

    /// <summary>Lines less discounts less refunds, without tax and shipping.</summary>
    [NotInHistory] public long SpendMinor { get; init; }

    /// <summary>Units of the tenant's currency for one of the order's.</summary>
    public decimal? Rate
    {
        get => RateE12 is { } rate ? ExchangeRate.FromE12(rate) : null;
        init => RateE12 = value is { } rate ? ExchangeRate.ToE12(rate) : null;
    }

    /// <summary>The spend in the tenant's currency; null where the order is in another one and states no rate.</summary>
    [NotInHistory] public long? SpendTenantMinor { get; init; }

    /// <summary>Whether it is a purchase in every figure: not cancelled, payment neither failed nor voided.</summary>
    [NotInHistory] public bool IsCounted { get; init; }

    public PaymentStatus PaymentStatus { get; init; } = PaymentStatus.Pending;
    public FulfillmentStatus FulfillmentStatus { get; init; } = FulfillmentStatus.Unfulfilled;
    public DateTimeOffset? CancelledAt { get; init; }
    public string? CancellationReason { get; init; }

    /// <summary>When the shop last changed it, by the shop's clock.</summary>
    [NotInHistory] public DateTimeOffset? SourceUpdatedAt { get; init; }

    /// <summary>The values of the tenant's own fields, by their names; <c>GET /v1/metadata</c> says which there are.</summary>
    /// <example>{"gift_wrapped":true}</example>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }
    internal long? RateE12 { get; init; }
    internal PaymentStatus UnstatedPayment => OrderSpend.Unstated(PaymentStatus, RefundedMinor, TotalMinor);
    internal long SpendKey => SpendTenantMinor ?? -1;
    internal long GoodsMinor => OrderSpend.GoodsMinor(LinesMinor, DiscountMinor, TaxMinor, IsTaxIncluded);

    /// <summary>One of which nothing is told yet.</summary>
    internal static Order Blank(ExternalOrder? external, string currency, DateTimeOffset now) => new()
    {
        Id = Id<Order>.New(),
        CustomerId = default,
        Source = external?.Source,
        ExternalId = external?.Id,
        PlacedAt = now,
        Currency = currency,
        Revision = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The same order with everything that follows from the rest.</summary>
    internal Order Settled(string tenantCurrency)
    {
        var lines = this with { LinesMinor = OrderSpend.LinesMinor(Lines) };
        var payment = OrderSpend.AfterRefunds(PaymentStatus, RefundedMinor, lines.TotalMinor);
        var spend = OrderSpend.SpendMinor(lines.GoodsMinor, RefundedGoodsMinor, payment);
        return lines with
        {
            PaymentStatus = payment,
            SpendMinor = spend,
            SpendTenantMinor = OrderSpend.InTenantCurrency(spend, Currency, tenantCurrency, RateE12),
            IsCounted = OrderSpend.Counts(payment, CancelledAt),
        };
    }

    /// <summary>Whether both say the same of what was bought and where it stands.</summary>
    internal static bool SaySame(Order one, Order other) => one.Bare() == other.Bare() && one.Lines.SequenceEqual(other.Lines);

    private Order Bare() => this with { Lines = [], Revision = 0, UpdatedAt = default, SourceUpdatedAt = null };
}
