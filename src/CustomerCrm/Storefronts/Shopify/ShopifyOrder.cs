using System.Globalization;
using System.Text.Json;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts.Shopify;

/// <summary>An order as Shopify's webhooks tell it (Admin API, Order), in the shop's currency. Pure.</summary>
internal static class ShopifyOrder
{
    public static ShopOrder Of(JsonElement order, string source, string? country)
    {
        var (id, currency) = (ShopJson.Required(order, "id"), ShopJson.Required(order, "currency"));
        var taxIncluded = ShopJson.Flag(order, "taxes_included");
        var lines = ShopJson.Each(order, "line_items").Select(line => LineOf(line, currency)).OfType<OrderLineDetails>().Take(199).ToList();
        if (ShopJson.Minor(order, "total_tip_received", currency) is > 0 and var tip) lines.Add(new OrderLineDetails { Name = "Tip", Quantity = 1, UnitPriceMinor = tip });
        var shipping = ShopJson.Each(order, "shipping_lines").Sum(line => ShopJson.MinorOrNone(line, "discounted_price", currency) ?? Math.Max(0, ShopJson.Minor(line, "price", currency) - AllocatedOf(line, currency)));
        var total = ShopJson.MinorOrNone(order, "total_price", currency);
        if (lines.Count == 0) lines.Add(ShopLine.Whole((total ?? 0) - shipping));
        var details = new UpsertOrders.Item
        {
            Source = source,
            ExternalId = id,
            OrderNumber = ShopJson.Text(order, "name", 100) ?? ShopJson.Text(order, "order_number", 100),
            Customer = ShopifyCustomer.OfOrder(order).ToDetails(source, country, $"guest-{id}"),
            PlacedAt = ShopJson.Time(order, "processed_at") ?? ShopJson.Time(order, "created_at"),
            Currency = currency,
            Lines = lines,
            DiscountMinor = DiscountBesideLines(order, lines, currency),
            TaxMinor = TaxOf(order, lines, taxIncluded, currency),
            IsTaxIncluded = taxIncluded,
            ShippingMinor = shipping,
            PaymentStatus = PaymentOf(ShopJson.Text(order, "financial_status")),
            FulfillmentStatus = ShopJson.Text(order, "fulfillment_status") switch { "fulfilled" => FulfillmentStatus.Fulfilled, "partial" => FulfillmentStatus.PartiallyFulfilled, "restocked" => FulfillmentStatus.Returned, _ => FulfillmentStatus.Unfulfilled },
            CancelledAt = ShopJson.Time(order, "cancelled_at"),
            CancellationReason = ShopJson.Text(order, "cancelled_at") is null ? null : ShopJson.Text(order, "cancel_reason"),
            SourceUpdatedAt = ShopJson.Time(order, "updated_at"),
        };
        return new ShopOrder(details with { Refunds = ShopRefunds.Within(details, ShopJson.Each(order, "refunds").Select(refund => ShopifyRefund.Of(refund, currency))) }, total);
    }

    private static OrderLineDetails? LineOf(JsonElement line, string currency)
    {
        if (!int.TryParse(ShopJson.Text(line, "quantity"), CultureInfo.InvariantCulture, out var quantity) || quantity < 1) return null;
        var (unit, discount) = (ShopJson.Minor(line, "price", currency), DiscountOf(line, currency));
        return new OrderLineDetails
        {
            Sku = ShopJson.Text(line, "sku", 100),
            ProductExternalId = ShopJson.Text(line, "product_id"),
            Name = ShopJson.Text(line, "name", 300) ?? ShopJson.Text(line, "title", 300) ?? "Item",
            Quantity = quantity,
            UnitPriceMinor = unit,
            DiscountMinor = Math.Min(discount, unit * quantity),
        };
    }

    // Allocations hold a line's own discount and its share of the order's; without them there is its own alone.
    private static long DiscountOf(JsonElement line, string currency) =>
        ShopJson.Member(line, "discount_allocations") is not null ? AllocatedOf(line, currency) : ShopJson.Minor(line, "total_discount", currency);

    private static long AllocatedOf(JsonElement line, string currency) => ShopJson.Each(line, "discount_allocations").Sum(share => ShopJson.Minor(share, "amount", currency));

    private static long DiscountBesideLines(JsonElement order, IReadOnlyList<OrderLineDetails> lines, string currency)
    {
        if (ShopJson.Each(order, "line_items").Any(line => ShopJson.Member(line, "discount_allocations") is not null)) return 0;
        var ofLines = lines.Sum(line => line.DiscountMinor);
        var gross = lines.Sum(line => line.UnitPriceMinor!.Value * line.Quantity!.Value);
        return Math.Clamp(ShopJson.Minor(order, "total_discounts", currency) - ofLines, 0, gross - ofLines);
    }

    // Where prices contain the tax, that of the shipping stands in the shipping's price.
    private static long TaxOf(JsonElement order, IReadOnlyList<OrderLineDetails> lines, bool isIncluded, string currency)
    {
        var total = ShopJson.Minor(order, "total_tax", currency);
        if (!isIncluded) return total;
        var stated = ShopJson.Each(order, "line_items").Where(line => ShopJson.Member(line, "tax_lines") is not null).ToArray();
        var ofLines = stated.Length == 0 ? total : stated.Sum(line => ShopJson.Each(line, "tax_lines").Sum(tax => ShopJson.Minor(tax, "price", currency)));
        return Math.Min(ofLines, lines.Sum(line => line.UnitPriceMinor!.Value * line.Quantity!.Value - line.DiscountMinor));
    }

    private static PaymentStatus? PaymentOf(string? status) => status switch
    {
        "pending" or "partially_paid" => PaymentStatus.Pending,
        "authorized" => PaymentStatus.Authorized,
        "paid" => PaymentStatus.Paid,
        "partially_refunded" => PaymentStatus.PartiallyRefunded,
        "refunded" => PaymentStatus.Refunded,
        "voided" or "expired" => PaymentStatus.Voided,
        _ => null,
    };
}
