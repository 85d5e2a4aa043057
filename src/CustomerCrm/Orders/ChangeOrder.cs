using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Money;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders;

/// <summary>PATCH /orders/{order_id}: what is said changes, the rest stays. Statuses are moved this way too.</summary>
public static class ChangeOrder
{
    public sealed record Request
    {
        /// <summary>Moves the order to another customer.</summary>
        public Change<Id<Customer>> CustomerId { get; init; }

        [StringLength(100, MinimumLength = 1)] public Change<string> OrderNumber { get; init; }
        public Change<DateTimeOffset> PlacedAt { get; init; }
        [Required, CurrencyCode] public Change<string> Currency { get; init; }

        /// <summary>All lines anew.</summary>
        [Required, MinLength(1), MaxLength(200)] public Change<IReadOnlyList<OrderLineDetails>> Lines { get; init; }

        [Amount] public Change<long> DiscountMinor { get; init; }
        [Amount] public Change<long> TaxMinor { get; init; }
        public Change<bool> IsTaxIncluded { get; init; }
        [Amount] public Change<long> ShippingMinor { get; init; }
        [ExchangeRate] public Change<decimal?> Rate { get; init; }
        public Change<PaymentStatus> PaymentStatus { get; init; }
        public Change<FulfillmentStatus> FulfillmentStatus { get; init; }

        /// <summary>The values of the tenant's own fields: those that are not named stay, null clears.</summary>
        /// <example>{"gift_wrapped":true}</example>
        [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

        internal Order ApplyTo(Order order) => order with
        {
            CustomerId = CustomerId.Or(order.CustomerId),
            OrderNumber = OrderNumber.Or(order.OrderNumber),
            PlacedAt = PlacedAt.Or(order.PlacedAt),
            Currency = Currency.Or(order.Currency)!,
            Lines = Lines.IsSet ? OrderLineDetails.ToLines(Lines.Value!) : order.Lines,
            DiscountMinor = DiscountMinor.Or(order.DiscountMinor),
            TaxMinor = TaxMinor.Or(order.TaxMinor),
            IsTaxIncluded = IsTaxIncluded.Or(order.IsTaxIncluded),
            ShippingMinor = ShippingMinor.Or(order.ShippingMinor),
            Rate = Rate.Or(order.Rate),
            PaymentStatus = PaymentStatus.Or(order.UnstatedPayment),
            FulfillmentStatus = FulfillmentStatus.Or(order.FulfillmentStatus),
        };
    }

    internal static async Task<Order> Handle(
        [FromRoute(Name = "order_id")] Id<Order> orderId, Request request, IfMatch ifMatch, EditConflicts conflicts,
        OrderBook book, CustomFieldReader fields, CurrentSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var before = await book.LockAsync(orderId, ct);
        await conflicts.CheckAsync(ifMatch, orderId, before.Revision, request, ct);
        var currency = (await settings.GetAsync(ct)).Currency;
        var after = request.ApplyTo(before).Settled(currency) with { CustomFields = await fields.ReadAsync(CustomFieldResource.Orders, request.CustomFields, before.CustomFields, "", ct) };
        OrderRules.CheckCurrency(before, after);
        OrderRules.Check(after, currency, clock.GetUtcNow());
        return await book.SaveAsync(before, after, [], ct);
    }
}
