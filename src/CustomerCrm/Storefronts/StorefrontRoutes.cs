using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Storefronts.News;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Storefronts;

internal static class StorefrontRoutes
{
    public static IServiceCollection AddStorefronts(this IServiceCollection services) => services
        .AddScoped<StorefrontMarks>().AddScoped<StorefrontWriter>().AddScoped<PrivacyRequests>().AddScoped<IHookReceiver, StorefrontReceiver>();

    /// <summary>Shopify and WooCommerce shops that tell of their customers, orders, refunds and checkouts by signed webhooks.</summary>
    public static void MapStorefronts(this IEndpointRouteBuilder api)
    {
        var shops = api.MapGroup("/storefronts").WithTags("Storefronts");

        shops.MapGet("/", List).WithName("ListStorefronts").Needs("storefronts:read").Lists(Storefront.List).Describe("List storefronts",
            "The latest first, each with when something came in last. Addresses and secrets are not shown.");
        shops.MapPost("/", CreateStorefront.Handle).Needs("storefronts:write").MayAnswer(409, "storefront_exists").Describe("Connect a storefront",
            "`url` in the answer, shown this once, is where the shop's webhooks are to be sent: of Shopify customers, orders, refunds, checkouts and the three privacy topics, of WooCommerce customers and orders. `secret` is what the shop signs with; what is not signed so is answered 403 and not kept. "
            + "What comes twice, late or out of order is safe: ids of the shop are external ids of `source`, and what is older than what is known changes nothing. Amounts become minor units exactly. "
            + "`customers/data_request` makes a task, `customers/redact` purges the customer with all that hangs on them, orders too; `shop/redact` disconnects the storefront and makes a task.");
        shops.MapGet("/{storefront_id}", ShowStorefront.Handle).Needs("storefronts:read").Describe("Show a storefront",
            "Its status, when something came in last, and how many deliveries of the last 30 days came to which outcome. Its `ETag` is its revision.");
        shops.MapPatch("/{storefront_id}", ChangeStorefront.Handle).Needs("storefronts:write").Describe("Change a storefront",
            "Absent members stay. `status` `paused` makes its address answer 404, so that the shop sends again for a while; another `secret` holds at once.");
        shops.MapDelete("/{storefront_id}", ChangeStorefront.Remove).WithName("RemoveStorefront").Needs("storefronts:write").Describe("Disconnect a storefront",
            "With its address and its log. The customers and orders that it told of stay.");
        shops.MapPost("/{storefront_id}/rotation", ChangeStorefront.Rotate).WithName("RotateStorefront").Needs("storefronts:write").Describe("Change a storefront's address",
            "Another `url`, shown this once; the former one works for `former_hours` more, 24 if nothing is said.");
        shops.MapPost("/{storefront_id}/backfill", BackfillStorefront.Handle).Needs("storefronts:write").Describe("Load a shop's history",
            "Past customers and orders, up to 200 at once, each as the shop's own API shows it. They are taken as the webhooks are, but quietly: recorded, and nothing is started. 207 with a result per item; told again, nothing changes.");
        shops.MapGet("/{storefront_id}/deliveries", ListDeliveries).WithName("ListStorefrontDeliveries").Needs("storefronts:read").Lists(HookDelivery.List).Describe("List a storefront's deliveries",
            "What came in during the last 30 days and what became of it, the latest first. `waiting` is a refund that came before its order, and is applied with it.");
        shops.MapGet("/{storefront_id}/deliveries/{hook_delivery_id}", ShowDelivery).WithName("ShowStorefrontDelivery").Needs("storefronts:read").Describe("Show a storefront's delivery",
            "One delivery with its body as it came, what was written for it, or why it was refused.");
        shops.MapPost("/{storefront_id}/deliveries/{hook_delivery_id}/replay", ReplayOne).OpensItsOwnTransaction().WithName("ReplayStorefrontDelivery").Needs("storefronts:write").MayAnswer(409, "delivery_not_refused").Describe("Replay a storefront's delivery",
            "Applies a refused or ignored delivery again, and shows what became of it.");
        shops.MapPost("/{storefront_id}/replays", ReplayAll).WithName("ReplayStorefrontDeliveries").Needs("storefronts:write").Describe("Replay what a storefront was refused",
            "Every refused delivery is applied again, behind the answer. `replayed` says how many.");
    }

    /// <summary>Outside: the address and the signature are the credential.</summary>
    public static void MapStorefrontHooks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/hooks/shopify/{token}", ReceiveStorefront.Shopify).ExcludeFromDescription();
        app.MapPost("/v1/hooks/woocommerce/{token}", ReceiveStorefront.WooCommerce).ExcludeFromDescription();
    }

    internal static Task<Page<Storefront>> List(ListQuery query, TenantDb db, CancellationToken ct) => Storefront.List.ReadAsync(query, db, null, ct);

    internal static async Task<Page<HookDelivery>> ListDeliveries([FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Storefront.FindAsync(storefrontId, db, ct);
        return await HookDelivery.List.ReadAsync(query, db, new { ReceiverId = storefrontId }, ct);
    }

    internal static async Task<HookDelivery.Shown> ShowDelivery(
        [FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, [FromRoute(Name = "hook_delivery_id")] Id<HookDelivery> deliveryId, TenantDb db, CancellationToken ct)
    {
        await Storefront.FindAsync(storefrontId, db, ct);
        return await HookDelivery.FindAsync(storefrontId.Value, deliveryId, db, ct);
    }

    internal static async Task<HookDelivery.Shown> ReplayOne(
        [FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, [FromRoute(Name = "hook_delivery_id")] Id<HookDelivery> deliveryId, TenantDb db, ReplayDeliveries replay, CancellationToken ct)
    {
        await Storefront.FindAsync(storefrontId, db, ct);
        return await replay.OneAsync(storefrontId.Value, deliveryId, ct);
    }

    internal static async Task<ReplayedDeliveries> ReplayAll([FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, TenantDb db, ReplayDeliveries replay, CancellationToken ct)
    {
        await Storefront.FindAsync(storefrontId, db, ct);
        return await replay.AllAsync(storefrontId.Value, ct);
    }
}
