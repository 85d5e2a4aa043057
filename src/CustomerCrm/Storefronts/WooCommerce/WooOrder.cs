using System.Globalization;
using System.Text.Json;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts.WooCommerce;

/// <summary>An order as WooCommerce's webhooks tell it (REST API v3, Order). Its lines are always without tax, whatever its prices are. Pure.</summary>
internal static class WooOrder
{
    public static ShopOrder Of(JsonElement order, string source, string? country)
    {
        var (id, currency) = (ShopJson.Required(order, "id"), ShopJson.Required(order, "currency"));
        var (total, tax, shipping) = (ShopJson.MinorOrNone(order, "total", currency), ShopJson.Minor(order, "total_tax", currency), ShopJson.Minor(order, "shipping_total", currency));
        var fees = ShopJson.Each(order, "fee_lines").Select(fee => (Name: ShopJson.Text(fee, "name", 300) ?? "Fee", Amount: ShopJson.Minor(fee, "total", currency))).ToArray();
        var lines = ShopJson.Each(order, "line_items").Select(line => LineOf(line, currency)).OfType<OrderLineDetails>()
            .Concat(fees.Where(fee => fee.Amount > 0).Select(fee => new OrderLineDetails { Name = fee.Name, Quantity = 1, UnitPriceMinor = fee.Amount })).Take(200).ToList();
        if (lines.Count == 0) lines.Add(ShopLine.Whole((total ?? 0) - tax - shipping));
        var status = ShopJson.Text(order, "status");
        var changedAt = ShopJson.Time(order, "date_modified_gmt");
        var details = new UpsertOrders.Item
        {
            Source = source,
            ExternalId = id,
            OrderNumber = ShopJson.Text(order, "number", 100),
            Customer = WooCustomer.OfOrder(order).ToDetails(source, country, $"guest-{id}"),
            PlacedAt = ShopJson.Time(order, "date_created_gmt"),
            Currency = currency,
            Lines = lines,
            DiscountMinor = Math.Min(-fees.Where(fee => fee.Amount < 0).Sum(fee => fee.Amount), lines.Sum(line => line.UnitPriceMinor!.Value * line.Quantity!.Value - line.DiscountMinor)),
            TaxMinor = tax,
            IsTaxIncluded = false,
            ShippingMinor = shipping,
            PaymentStatus = PaymentOf(status, ShopJson.Text(order, "date_paid_gmt") is not null),
            FulfillmentStatus = status == "completed" ? FulfillmentStatus.Fulfilled : FulfillmentStatus.Unfulfilled,
            CancelledAt = status is "cancelled" or "trash" ? changedAt ?? ShopJson.Time(order, "date_created_gmt") : null,
            SourceUpdatedAt = changedAt,
        };
        return new ShopOrder(details with { Refunds = ShopRefunds.Within(details, ShopJson.Each(order, "refunds").Select(refund => RefundOf(refund, currency, changedAt))) }, total);
    }

    private static OrderLineDetails? LineOf(JsonElement line, string currency)
    {
        if (!int.TryParse(ShopJson.Text(line, "quantity"), CultureInfo.InvariantCulture, out var quantity) || quantity < 1) return null;
        var after = Math.Max(0, ShopJson.Minor(line, "total", currency));
        return ShopLine.Of(new OrderLineDetails
        {
            Sku = ShopJson.Text(line, "sku", 100),
            ProductExternalId = ShopJson.Text(line, "product_id") is { } product && product != "0" ? product : null,
            Name = ShopJson.Text(line, "name", 300) ?? "Item",
            Quantity = quantity,
            UnitPriceMinor = 0,
        }, ShopJson.MinorOrNone(line, "subtotal", currency) ?? after, after);
    }

    // An order lists its refunds in short, with their amounts below zero.
    private static RefundDetails RefundOf(JsonElement refund, string currency, DateTimeOffset? changedAt) => new()
    {
        ExternalId = ShopJson.Required(refund, "id"),
        AmountMinor = Math.Abs(ShopJson.Minor(refund, "total", currency)),
        Reason = ShopJson.Text(refund, "reason"),
        RefundedAt = changedAt,
    };

    private static PaymentStatus? PaymentOf(string? status, bool isPaid) => status switch
    {
        "processing" or "completed" => PaymentStatus.Paid,
        "refunded" => PaymentStatus.Refunded,
        "failed" => PaymentStatus.Failed,
        "pending" or "on-hold" or "checkout-draft" => PaymentStatus.Pending,
        "cancelled" or "trash" => isPaid ? PaymentStatus.Paid : PaymentStatus.Voided,
        _ => isPaid ? PaymentStatus.Paid : null,
    };
}
