using System.Text.Json;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts.Shopify;

/// <summary>A refund as Shopify tells it (Admin API, Refund). Pure.</summary>
internal static class ShopifyRefund
{
    public static RefundDetails Of(JsonElement refund, string currency)
    {
        var lines = ShopJson.Each(refund, "refund_line_items").ToArray();
        var adjustments = ShopJson.Each(refund, "order_adjustments").ToArray();
        var tax = lines.Sum(line => ShopJson.Minor(line, "total_tax", currency)) + adjustments.Sum(a => Math.Abs(ShopJson.Minor(a, "tax_amount", currency)));
        var shipping = adjustments.Where(a => ShopJson.Text(a, "kind") == "shipping_refund").Sum(a => Math.Abs(ShopJson.Minor(a, "amount", currency)));
        var paid = ShopJson.Each(refund, "transactions").Where(IsPaidBack).ToArray();
        var amount = paid.Length > 0 ? paid.Sum(t => ShopJson.Minor(t, "amount", currency)) : lines.Sum(line => ShopJson.Minor(line, "subtotal", currency)) + tax + shipping;
        return new RefundDetails
        {
            ExternalId = ShopJson.Required(refund, "id"),
            AmountMinor = amount,
            TaxMinor = Math.Min(tax, amount),
            ShippingMinor = Math.Min(shipping, amount - Math.Min(tax, amount)),
            Reason = ShopJson.Text(refund, "note"),
            RefundedAt = ShopJson.Time(refund, "processed_at") ?? ShopJson.Time(refund, "created_at"),
        };
    }

    private static bool IsPaidBack(JsonElement transaction) => ShopJson.Text(transaction, "kind") == "refund" && (ShopJson.Text(transaction, "status") ?? "success") == "success";
}
