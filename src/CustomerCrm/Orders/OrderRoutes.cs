using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Orders.Ties;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;
using CustomerCrm.Products;

namespace CustomerCrm.Orders;

internal static class OrderRoutes
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddSingleton(OrderFields.Owner).AddScoped<OrderIntake>().AddScoped<OrderBook>().AddScoped<OrderReader>().AddScoped<OrderLines>().AddScoped<RefundLedger>().AddScoped<RefundIntake>().AddScoped<CustomerFigures>()
        .AddScoped<HeldCurrency>().AddScoped<ProductTies>().AddScoped<LineTies>().AddJob<TieProductJob, TieProduct>()
        .AddSingleton(OrderRecord.Kind).AddScoped<IRestored, RestoredOrders>().AddScoped<IRestored, FiguresOfRestored>();

    /// <summary>What was bought, paid, delivered and paid back.</summary>
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");

        orders.MapGet("/", ListOrders.Handle).Needs("orders:read").Lists(ListOrders.List)
            .Describe("List orders", "Newest first unless `sort` says otherwise. `sort=-spend` orders by the spend in the tenant's currency; orders without one are last.");
        orders.MapPost("/", PlaceOrder.Handle).Needs("orders:write")
            .Describe("Place an order", "Name the customer by `customer_id`, or describe it in `customer`: whoever has one of its identifiers is it, and if nobody has, the customer is created with the order. Amounts are whole minor units (cents; yen; thousandths of a Kuwaiti dinar). Spend is lines less discounts less refunds, without tax and shipping; an order in another currency than the tenant's counts at its `rate`, and without one it is left out of spend and counted as left out. A line is tied to the product of the catalogue that its `product_external_id` (in the order's source) or its `sku` names. 409 `order_exists` with `order_id` if the external id is known.");
        orders.MapPost("/batch", UpsertOrders.Handle).Needs("orders:write")
            .Describe("State many orders", "Up to 200 orders, each as `PUT /orders/by-external-id` takes it. 207: each item has its own status, in the order they were sent; what is wrong with one undoes none of the others.");
        orders.MapGet("/by-external-id/{source}/{external_id}", ShowOrder.ByExternalId).Needs("orders:read")
            .Describe("Get an order by its external id", "The id is the order's own in the shop that `source` names; upper and lower case differ.");
        orders.MapPut("/by-external-id/{source}/{external_id}", UpsertOrder.Handle).Needs("orders:write").Produces<UpsertedOrder>().Produces<UpsertedOrder>(StatusCodes.Status201Created)
            .Describe("State an order", "For storefronts: tells the order whole, new (201) or known (200), as often as you like and in any order. If `source_updated_at` is older than what is known, nothing changes and `outcome` is `stale`. A status that is not stated stays as it is, but for an order that comes to more than was paid back of it, which is partially refunded; a cancellation stays, and refunds are added by their `external_id`. 409 `order_has_refunds` for another currency than that in which money was paid back.");
        orders.MapGet("/{order_id}", ShowOrder.Handle).Needs("orders:read")
            .Describe("Get an order", "With its lines, what it comes to and where it stands. Its refunds have a list of their own.");
        orders.MapPatch("/{order_id}", ChangeOrder.Handle).Needs("orders:write")
            .Describe("Change an order", "What is absent stays. Statuses of payment and fulfillment are moved this way; an order with refunds is `refunded` while they come to all of it and `partially_refunded` otherwise, unless you state `refunded`, `failed` or `voided`. `lines` are replaced as a whole. 409 `order_has_refunds` for another currency once money was paid back.");
        orders.MapDelete("/{order_id}", RemoveOrder.Handle).Needs("orders:write")
            .Describe("Delete an order", "Into the bin with its refunds and notes, from which it can be restored for 90 days: for what should never have been written. To call off a purchase, cancel it.");

        orders.MapPost("/{order_id}/cancellation", CancelOrder.Handle).Needs("orders:write")
            .Describe("Cancel an order", "It stays in the customer's history and is no purchase in any figure. Cancelling again changes nothing. Money goes back by a refund only.");
        orders.MapDelete("/{order_id}/cancellation", CancelOrder.TakeBack).WithName("RestoreOrder").Needs("orders:write")
            .Describe("Take a cancellation back", "For an order that was cancelled by mistake: it is a purchase in every figure again.");

        orders.MapGet("/{order_id}/refunds", ListRefunds.Handle).Needs("orders:read").Lists(ListRefunds.List)
            .Describe("List an order's refunds", "The money that was paid back for this order, oldest first unless `sort` says otherwise.");
        orders.MapPost("/{order_id}/refunds", RefundOrder.Handle).Needs("orders:write").NeedsIdempotencyKey()
            .Describe("Refund an order", "Records that money was paid back; it moves none. Without `amount_minor`, everything that is left. An amount without `tax_minor` and `shipping_minor` is for goods first, then shipping, then tax; only the part for goods is off the spend.");
        orders.MapGet("/{order_id}/refunds/{refund_id}", ShowRefund.Handle).Needs("orders:read")
            .Describe("Get a refund", "One sum that was paid back, with the parts it was for. A refund never changes.");
    }
}
