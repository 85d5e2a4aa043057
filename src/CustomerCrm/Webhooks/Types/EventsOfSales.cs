using CustomerCrm.Orders;
using CustomerCrm.Products;
using CustomerCrm.RecycleBin;
using CustomerCrm.Storefronts;
using CustomerCrm.Tags;

namespace CustomerCrm.Webhooks.Types;

/// <summary>Events about what is sold.</summary>
internal static class EventsOfSales
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("order.cancelled", "An order was cancelled.", typeof(Order)),
        new("order.delivered", "An order was delivered.", typeof(Order)),
        new("order.fulfilled", "An order was fulfilled.", typeof(Order)),
        new("order.moved", "An order became another customer's.", typeof(Order)),
        new("order.paid", "An order was paid.", typeof(Order)),
        new("order.partially_fulfilled", "A part of an order was fulfilled.", typeof(Order)),
        new("order.payment_failed", "The payment of an order failed.", typeof(Order)),
        new("order.placed", "An order was placed.", typeof(Order)),
        new("order.purged", "An order was deleted from the recycle bin, for good.", typeof(Purged)),
        new("order.refunded", "Money of an order was paid back.", typeof(Order)),
        new("order.removed", "An order was put into the recycle bin.", typeof(Order)),
        new("order.restored", "An order came back from the recycle bin.", typeof(Order)),
        new("order.returned", "An order came back from the customer.", typeof(Order)),
        new("order.shipped", "An order was shipped.", typeof(Order)),
        new("order.tagged", "A tag was put on an order.", typeof(TagChange)),
        new("order.untagged", "A tag was taken off an order.", typeof(TagChange)),
        new("order.updated", "An order changed in another way than by a step of its life.", typeof(Order)),
        new("product.created", "A product was added.", typeof(Product)),
        new("product.deleted", "A product was put into the recycle bin.", typeof(Product)),
        new("product.purged", "A product was deleted from the recycle bin, for good.", typeof(Purged)),
        new("product.restored", "A product came back from the recycle bin.", typeof(Product)),
        new("product.updated", "A product changed.", typeof(Product)),
        new("storefront.created", "A storefront was connected.", typeof(Storefront)),
        new("storefront.deleted", "A storefront was taken away.", typeof(Storefront)),
        new("storefront.disconnected", "A shop has asked that its data be forgotten.", typeof(Storefront)),
        new("storefront.rotated", "A storefront has another address.", typeof(Storefront)),
        new("storefront.updated", "A storefront changed.", typeof(Storefront)),
    ];
}
