using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts;

/// <summary>Applies the news of storefronts, by their topics. One that changes nothing here is kept as ignored.</summary>
internal sealed class StorefrontReceiver(TenantDb db, StorefrontWriter writer, PrivacyRequests privacy, Caller caller) : IHookReceiver
{
    public EntryKind Kind => EntryKind.Storefront;

    public string IdOf(HookDelivery delivery) => Id<Storefront>.FromBytes(delivery.ReceiverId).ToString();

    public async Task<DeliveryResult> ApplyAsync(HookDelivery.Shown delivery, CancellationToken ct)
    {
        var shop = await Storefront.FindAsync(Id<Storefront>.FromBytes(delivery.ReceiverId), db, ct);
        caller.ActAs(new Actor(ActorKind.Hook, shop.Id.ToString(), shop.Name));
        using var document = DeliveryBody.Read(delivery.Body);
        var payload = document.RootElement;
        if (payload.ValueKind != JsonValueKind.Object) throw new DeliveryRefusal(new DeliveryError { Pointer = "", SourcePointer = "", Code = "wrong_type", Detail = "The body is no object." });
        // The two write their topics with a slash and with a point.
        return (delivery.Topic ?? "").Replace('.', '/') switch
        {
            "customers/create" or "customers/update" or "customers/enable" or "customers/disable" or "customer/created" or "customer/updated" => Of(await writer.CustomerAsync(shop, payload, isRestored: false, ct)),
            "customer/restored" => Of(await writer.CustomerAsync(shop, payload, isRestored: true, ct)),
            "customers/delete" or "customer/deleted" => Of(await writer.CustomerGoneAsync(shop, payload, ct)),
            "orders/create" or "orders/updated" or "orders/paid" or "orders/cancelled" or "orders/fulfilled" or "orders/partially_fulfilled" or "order/created" or "order/updated"
                => OfOrder(await writer.OrderAsync(shop, payload, isRestored: false, ct), payload),
            "order/restored" => OfOrder(await writer.OrderAsync(shop, payload, isRestored: true, ct), payload),
            "orders/delete" or "order/deleted" => Of(await writer.OrderGoneAsync(shop, payload, ct)),
            "refunds/create" => await writer.RefundAsync(shop, payload, ct) is { } refund ? Of(refund) : new DeliveryResult { Outcome = DeliveryOutcome.Waiting, WaitsFor = WaitFor(ShopJson.Required(payload, "order_id")) },
            "checkouts/create" => Of(await writer.CheckoutAsync(shop, payload, isNew: true, ct)),
            "checkouts/update" => Of(await writer.CheckoutAsync(shop, payload, isNew: false, ct)),
            "customers/data_request" => Of(await privacy.DataAsync(shop, payload, ct)),
            "customers/redact" => Of(await privacy.ForgetCustomerAsync(shop, payload, ct)),
            "shop/redact" => Of(await privacy.ForgetShopAsync(shop, ct)),
            _ => new DeliveryResult { Outcome = DeliveryOutcome.Ignored },
        };
    }

    private static DeliveryResult Of(Written written) => new() { Outcome = DeliveryOutcome.Applied, Written = [written] };

    private static DeliveryResult OfOrder(Written written, JsonElement payload) => Of(written) with { Brings = WaitFor(ShopJson.Required(payload, "id")) };

    private static string WaitFor(string orderId) => $"order:{orderId}";
}
