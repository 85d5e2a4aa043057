using System.Text;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Orders;

internal static class ListOrders
{
    private static readonly TenantSql TaggedRows = TenantSql.Of("SELECT 1 FROM OrderTags v WHERE v.TenantId = @TenantId");

    private static readonly ListStart begunByTag = new(TaggedRows, OrderReader.MatchingByTag, name => Condition.Of(
        "v.TagId = (SELECT t.Id FROM Tags t WHERE t.TenantId = @TenantId AND t.NameKey = {0} AND t.DeletedAt IS NULL)", FieldKey.Beginning((string)name)));

    private static readonly TenantSql Alike = TenantSql.Of("SELECT 1 FROM Orders v WHERE v.TenantId = @TenantId");

    // Hardly ever more than one: without a hint SQLite would look for it among all, in the order of time.
    private static readonly ListStart begunByNumber = new(Alike, OrderReader.MatchingAlike, number => Condition.Of("v.OrderNumber = {0}", number)) { HasOneEach = true };
    private static readonly ListStart begunByExternalId = new(Alike, OrderReader.MatchingAlike, id => Condition.Of("v.ExternalKey = {0}", Encoding.UTF8.GetBytes((string)id)));

    internal static readonly ListOf<Order> List = ListOf<Order>.From(OrderReader.Matching, "o.Id", o => o.Id.ToBytes())
        .SortedBy("placed_at", "o.PlacedAt", o => o.PlacedAt, isDescending: true)
        .SortedBy("updated_at", "o.UpdatedAt", o => o.UpdatedAt, isDescending: true)
        .SortedBy("spend", "o.SpendKey", o => o.SpendKey, isDescending: true)
        .FilteredBy("customer_id", "o.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In)
        .FilteredBy("payment_status", "o.PaymentStatus", FilterType.OneOf<PaymentStatus>(), Operators.Equal | Operators.In)
        .FilteredBy("fulfillment_status", "o.FulfillmentStatus", FilterType.OneOf<FulfillmentStatus>(), Operators.Equal | Operators.In)
        .FilteredBy("is_cancelled", "eq", FilterType.Boolean, "Only cancelled orders, or only the others.",
            isCancelled => (bool)isCancelled ? Condition.Of("o.CancelledAt IS NOT NULL") : Condition.Of("o.CancelledAt IS NULL"))
        .FilteredBy("is_counted", "o.IsCounted", FilterType.Boolean, Operators.Equal)
        .FilteredBy("placed_at", "o.PlacedAt", FilterType.Time, Operators.Range)
        .FilteredBy("updated_at", "o.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("spend_tenant_minor", "o.SpendTenantMinor", FilterType.Integer, Operators.Range)
        .FilteredBy("currency", "o.Currency", FilterType.Text(3, "EUR"), Operators.Equal | Operators.In)
        .FilteredBy("order_number", "o.OrderNumber", FilterType.Text(100, "1001"), Operators.Equal, begunByNumber)
        .FilteredBy("source", "o.Source", FilterType.Text(100, "shop"), Operators.Equal)
        .FilteredBy("external_id", "eq", FilterType.ExactText(200, "gid-1001"), takesMany: false, "Only orders with this id where they came from; upper and lower case differ.",
            ids => Condition.Of("o.ExternalKey = {0}", Encoding.UTF8.GetBytes((string)ids[0])), begunByExternalId)
        .FilteredBy("tag", "eq", FilterType.Text(50, "VIP"), takesMany: false, "Only those with this tag; case does not count.", Tagged, begunByTag)
        .FilteredBy("tag", "in", FilterType.Text(50, "VIP"), takesMany: true, "Only those with one of these tags, with commas between.", Tagged, begunByTag)
        .WithOwn(new ListedFields<Order>(OrderFields.Owner, OrderReader.MatchingByValue, order => order.CustomFields));

    private static Condition Tagged(object[] names) => Condition.Any(names.Select(name => Condition.Of("""
        EXISTS (SELECT 1 FROM OrderTags g
                WHERE g.TenantId = o.TenantId AND g.OrderId = o.Id
                  AND g.TagId = (SELECT t.Id FROM Tags t WHERE t.TenantId = @TenantId AND t.NameKey = {0} AND t.DeletedAt IS NULL))
        """, FieldKey.Beginning((string)name))));

    internal static async Task<Page<Order>> Handle(ListQuery query, TenantDb db, OrderLines lines, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, null, ct);
        return page with { Data = await lines.AttachAsync(page.Data, ct) };
    }
}
