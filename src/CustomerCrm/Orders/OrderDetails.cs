using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Money;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Orders;

/// <summary>An order as a shop tells it: whole, each time it tells it.</summary>
public record OrderDetails : IValidatableObject
{
    /// <summary>Whose it is, where the caller knows.</summary>
    public Id<Customer>? CustomerId { get; init; }

    /// <summary>Whose it is, by what the customer is recognised by. Found, or created with the order (a guest's checkout).</summary>
    public CustomerDetails? Customer { get; init; }

    [StringLength(100, MinimumLength = 1)] public string? OrderNumber { get; init; }

    /// <summary>Now, if nothing is said.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>The tenant's own, if nothing is said.</summary>
    [CurrencyCode] public string? Currency { get; init; }

    [MinLength(1), MaxLength(200)] public required IReadOnlyList<OrderLineDetails> Lines { get; init; }

    /// <summary>Off the order as a whole, beside the discounts of its lines.</summary>
    [Amount] public long DiscountMinor { get; init; }

    [Amount] public long TaxMinor { get; init; }

    /// <summary>Whether the lines' prices contain the tax already.</summary>
    public bool IsTaxIncluded { get; init; }

    [Amount] public long ShippingMinor { get; init; }

    /// <summary>Units of the tenant's currency for one unit of the order's. Without it, an order in another currency is left out of spend.</summary>
    [ExchangeRate] public decimal? Rate { get; init; }

    /// <summary><c>pending</c> for a new order; an order that is there keeps its own, if nothing is said, and its refunds say whether it is refunded.</summary>
    public PaymentStatus? PaymentStatus { get; init; }

    /// <summary><c>unfulfilled</c> for a new order; an order that is there keeps its own, if nothing is said.</summary>
    public FulfillmentStatus? FulfillmentStatus { get; init; }

    /// <summary>An order that was cancelled stays so, whatever is told later.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    [StringLength(200, MinimumLength = 1)] public string? CancellationReason { get; init; }

    /// <summary>When the shop last changed the order. What is older than the order here changes nothing.</summary>
    public DateTimeOffset? SourceUpdatedAt { get; init; }

    /// <summary>Every refund needs its <c>external_id</c> here; those that are known by it already are left alone. An order whose payment failed or was voided takes no new ones.</summary>
    [MaxLength(100)] public IReadOnlyList<RefundDetails>? Refunds { get; init; }

    /// <summary>The values of the tenant's own fields: those that are not named stay, null clears.</summary>
    /// <example>{"gift_wrapped":true}</example>
    [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CustomerId is not null && Customer is not null)
            yield return new BrokenRule("two_customers", "Name the customer by customer_id or by customer, not by both.", nameof(Customer));
        foreach (var (i, refund) in (Refunds ?? []).Index())
            if (refund.ExternalId is null)
                yield return new BrokenRule("required", "A refund that comes with its order needs an id of its own, so that it is counted once.", $"Refunds[{i}].ExternalId");
        foreach (var broken in RulesOfItsOwn()) yield return broken;
    }

    /// <summary>What holds for one way of telling an order and not for the others.</summary>
    protected virtual IEnumerable<ValidationResult> RulesOfItsOwn() => [];

    /// <summary>What this makes of an order: a new one, or one that is there.</summary>
    internal Order ApplyTo(Order order, string tenantCurrency) => order with
    {
        OrderNumber = OrderNumber,
        PlacedAt = PlacedAt ?? order.PlacedAt,
        Currency = Currency ?? tenantCurrency,
        Lines = OrderLineDetails.ToLines(Lines),
        DiscountMinor = DiscountMinor,
        TaxMinor = TaxMinor,
        IsTaxIncluded = IsTaxIncluded,
        ShippingMinor = ShippingMinor,
        Rate = Rate,
        PaymentStatus = PaymentStatus ?? order.UnstatedPayment,
        FulfillmentStatus = FulfillmentStatus ?? order.FulfillmentStatus,
        CancelledAt = order.CancelledAt ?? CancelledAt,
        CancellationReason = order.CancelledAt is null ? CancellationReason : order.CancellationReason,
        SourceUpdatedAt = SourceUpdatedAt ?? order.SourceUpdatedAt,
    };
}
