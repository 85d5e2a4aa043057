using System.Text.Json;
using CustomerCrm.Consents;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Storefronts.Shopify;
using CustomerCrm.Storefronts.WooCommerce;
using CustomerCrm.Track;

namespace CustomerCrm.Storefronts.News;

/// <summary>Writes what a shop tells, as the API's own routes would: told again or too late, it changes nothing.</summary>
internal sealed class StorefrontWriter(
    CustomerIntake customers, IdentityReader identities, IdentityOwners owners, IdentityWriter identityWriter, OrderIntake orders, OrderReader reader, OrderBook book, RefundIntake refunds,
    TrackWriter tracked, ConsentWriter consents, StorefrontMarks marks, TenantDb db)
{
    public async Task<Written> CustomerAsync(Storefront shop, JsonElement payload, bool isRestored, CancellationToken ct)
    {
        var (id, at) = (ShopJson.Required(payload, "id"), shop.Kind == StorefrontKind.Shopify ? ShopJson.Time(payload, "updated_at") : ShopJson.Time(payload, "date_modified_gmt"));
        if (!await marks.IsNewsAsync(shop, MarkKind.Customer, id, at, isRestored, ct)) return new Written("customer", null, "stale");
        var details = (shop.Kind == StorefrontKind.Shopify ? ShopifyCustomer.Of(payload) : WooCustomer.Of(payload)).ToDetails(shop.Source, await identities.TenantCountryAsync(ct));
        RequestRules.Check(details);
        var (customerId, outcome) = await customers.StateAsync(details, ct);
        await marks.TieAsync(shop, id, customerId.Value, ct);
        foreach (var said in shop.Kind == StorefrontKind.Shopify ? ShopifyConsent.Of(payload, customerId, shop.Source) : []) await consents.RecordAsync(said, ct);
        return new Written("customer", customerId.ToString(), outcome) { CustomerId = customerId.Value };
    }

    /// <summary>The shop knows them no longer; their orders are its books, and here they are who they were.</summary>
    public async Task<Written> CustomerGoneAsync(Storefront shop, JsonElement payload, CancellationToken ct)
    {
        var id = ShopJson.Required(payload, "id");
        await marks.DeleteAsync(shop, MarkKind.Customer, id, ct);
        var external = Identifier.External(shop.Source, id);
        if (external.Value is null || await owners.FindAsync([external.Value], ct) is not [var owned]) return new Written("customer", null, "unchanged");
        var identity = (await db.QueryAsync<Identity>(IdentityWriter.OfCustomer, new { owned.CustomerId }, ct)).Single(i => i.Kind == IdentityKind.External && i.Source == shop.Source && i.Value == external.Value.Value);
        await identityWriter.RemoveAsync(identity, ct);
        return new Written("customer", owned.CustomerId.ToString(), "updated") { CustomerId = owned.CustomerId.Value, Note = "The shop's id was taken away; the customer and their orders stay." };
    }

    public async Task<Written> OrderAsync(Storefront shop, JsonElement payload, bool isRestored, CancellationToken ct)
    {
        var country = await identities.TenantCountryAsync(ct);
        var order = shop.Kind == StorefrontKind.Shopify ? ShopifyOrder.Of(payload, shop.Source, country) : WooOrder.Of(payload, shop.Source, country);
        if (!await marks.IsNewsAsync(shop, MarkKind.Order, order.Details.ExternalId, order.Details.SourceUpdatedAt, isRestored, ct)) return new Written("order", null, "stale");
        RequestRules.Check(order.Details);
        var told = await orders.UpsertAsync(order.Details, ExternalOrder.Of(order.Details.Source, order.Details.ExternalId), ifMatch: null, ct);
        if (ShopJson.Member(payload, "customer") is { } customer && ShopJson.Text(customer, "id") is { } customerId)
        {
            await marks.IsNewsAsync(shop, MarkKind.Customer, customerId, changedAt: null, isRestored: false, ct);
            await marks.TieAsync(shop, customerId, told.CustomerId.Value, ct);
        }
        return HookWriter.OfOrder(told) with { Note = order.Note };
    }

    public async Task<Written> OrderGoneAsync(Storefront shop, JsonElement payload, CancellationToken ct)
    {
        var id = ShopJson.Required(payload, "id");
        await marks.DeleteAsync(shop, MarkKind.Order, id, ct);
        if (await reader.FindIdAsync(ExternalOrder.Of(shop.Source, id), ct) is not { } orderId) return new Written("order", null, "unchanged");
        var order = await book.LockAsync(orderId, ct);
        await book.RemoveAsync(order, ct);
        return new Written("order", orderId.ToString(), "removed") { CustomerId = order.CustomerId.Value };
    }

    /// <returns>Null: the order is not here yet.</returns>
    public async Task<Written?> RefundAsync(Storefront shop, JsonElement payload, CancellationToken ct)
    {
        if (await reader.FindIdAsync(ExternalOrder.Of(shop.Source, ShopJson.Required(payload, "order_id")), ct) is not { } orderId) return null;
        var before = await book.LockAsync(orderId, ct);
        if (ShopRefunds.Within(before, ShopifyRefund.Of(payload, before.Currency)) is not { } refund) return new Written("refund", null, "unchanged") { CustomerId = before.CustomerId.Value };
        try
        {
            RequestRules.Check(refund);
            var made = await refunds.AddAsync(before, refund, ct);
            return new Written("refund", made.Id.ToString(), "created") { CustomerId = before.CustomerId.Value };
        }
        catch (ApiProblem known) when (known.Code is "refund_exists")
        {
            return new Written("refund", null, "unchanged") { CustomerId = before.CustomerId.Value };
        }
    }

    public async Task<Written> CheckoutAsync(Storefront shop, JsonElement payload, bool isNew, CancellationToken ct)
    {
        var request = ShopifyCheckout.Of(payload, isNew ? "checkout_started" : "checkout_updated", shop.Source, await identities.TenantCountryAsync(ct));
        RequestRules.Check(request);
        var (status, receipt) = await tracked.RecordAsync(request, TrackOrigin.Server, ct);
        return new Written("tracked_event", receipt.Id.ToString(), status == StatusCodes.Status201Created ? "created" : "unchanged");
    }
}
