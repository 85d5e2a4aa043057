using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;
using CustomerCrm.RecycleBin;
using CustomerCrm.Tasks;

namespace CustomerCrm.Storefronts.News;

/// <summary>
/// The three things that Shopify asks every receiver of its data for. What a person asked to see is a task for a person; who is to be forgotten is purged,
/// with all that hangs on them; and where a whole shop is to be, a person decides, for its data may be the tenant's own.
/// </summary>
internal sealed class PrivacyRequests(
    IdentityOwners owners, StorefrontMarks marks, CustomerWriter customers, TaskWriter tasks, RecordBin bin, ReceiverDeliveries deliveries, EventLog events, TenantDb db, TimeProvider clock)
{
    private const int DaysToAnswer = 30;

    public async Task<Written> DataAsync(Storefront shop, JsonElement payload, CancellationToken ct)
    {
        var customerId = await CustomerOfAsync(shop, payload, ct);
        var orders = string.Join(", ", ShopJson.Each(payload, "orders_requested").Take(100).Select(id => id.ToString()));
        var request = ShopJson.Member(payload, "data_request") is { } asked ? ShopJson.Text(asked, "id") : null;
        var task = await tasks.AddAsync(new TaskDetails
        {
            Title = "Answer a request for personal data",
            Body = $"A customer of {shop.Name} asked the shop for their data{(request is null ? "" : $" (request {request})")}. Send them what is held, to the shop's owner or to them."
                + (customerId is null ? " Nobody here is known by the shop's id of the customer, so there is nothing to send." : $" GET /v1/customers/{customerId}/personal_data is all of it in one document.")
                + (orders.Length == 0 ? "" : $" Orders asked for, by the shop's ids: {orders}."),
            Priority = TaskPriority.High,
            DueAt = clock.GetUtcNow().AddDays(DaysToAnswer),
            CustomerId = customerId,
        }, new TaskSource("storefront", shop.Id.ToString()), ct);
        return new Written("task", task.Id.ToString(), "created") { CustomerId = customerId?.Value };
    }

    public async Task<Written> ForgetCustomerAsync(Storefront shop, JsonElement payload, CancellationToken ct)
    {
        var id = ShopJson.Member(payload, "customer") is { } customer ? ShopJson.Text(customer, "id") : null;
        if (id is null) throw ShopJson.Refused("customer/id", "required", "It does not say whom to forget.");
        var customerId = await CustomerOfAsync(shop, payload, ct);
        await marks.DeleteAsync(shop, MarkKind.Customer, id, ct);
        foreach (var order in ShopJson.Each(payload, "orders_to_redact").Take(1000)) await marks.DeleteAsync(shop, MarkKind.Order, order.ToString(), ct);
        if (customerId is not { } who) return new Written("customer", null, "unchanged");

        if ((await ShowCustomer.FindManyAsync([who], db, ct)).SingleOrDefault() is { } current) await customers.RemoveAsync(current, ct);
        foreach (var removed in await db.QueryAsync<RemovedRecord>(InBin, new { RecordKey = who }, ct)) await PurgeBinItem.PurgeAsync(removed, bin, events, ct);
        return new Written("customer", who.ToString(), "removed") { CustomerId = who.Value };
    }

    public async Task<Written> ForgetShopAsync(Storefront shop, CancellationToken ct)
    {
        if (shop.Status != StorefrontStatus.Disconnected)
        {
            await ChangeStorefront.UpdateAsync(shop with { Status = StorefrontStatus.Disconnected }, db, clock, ct);
            events.Record("storefront.disconnected", await Storefront.FindAsync(shop.Id, db, ct));
        }
        await deliveries.ForgetAsync(shop.Id.Value, ct);
        var task = await tasks.AddAsync(new TaskDetails
        {
            Title = $"Decide what is to be forgotten of {shop.Name}",
            Body = $"The shop was uninstalled, and asks that its data be erased within 30 days. Nothing more is taken from it, and what it sent is no longer kept. "
                + $"Its customers and orders are still here, known by the source {shop.Source}: delete and purge them, unless they are your own to keep.",
            Priority = TaskPriority.Urgent,
            DueAt = clock.GetUtcNow().AddDays(DaysToAnswer),
        }, new TaskSource("storefront", shop.Id.ToString()), ct);
        return new Written("task", task.Id.ToString(), "created");
    }

    private async Task<Id<Customer>?> CustomerOfAsync(Storefront shop, JsonElement payload, CancellationToken ct)
    {
        if (ShopJson.Member(payload, "customer") is not { } customer || ShopJson.Text(customer, "id") is not { } id) return null;
        if (Identifier.External(shop.Source, id).Value is { } external && await owners.FindAsync([external], ct) is [var owned]) return owned.CustomerId;
        return await marks.PersonAsync(shop, id, ct) is { } person ? new Id<Customer>(person) : null;
    }

    private static readonly TenantSql InBin = TenantSql.Of($"""
        SELECT {RemovedRecord.Columns}
        FROM RemovedRecords b
        WHERE b.TenantId = @TenantId
          AND b.Kind = 'customer'
          AND b.RecordKey = @RecordKey
        """);
}
