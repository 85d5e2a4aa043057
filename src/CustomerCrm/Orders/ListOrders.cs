using System.Text;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Orders;

internal static class ListOrders
{
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
        .FilteredBy("order_number", "o.OrderNumber", FilterType.Text(100, "1001"), Operators.Equal)
        .FilteredBy("source", "o.Source", FilterType.Text(100, "shop"), Operators.Equal)
        .FilteredBy("external_id", "eq", FilterType.Text(200, "gid-1001"), "Only orders with this id where they came from; upper and lower case differ.",
            id => Condition.Of("o.ExternalKey = {0}", Encoding.UTF8.GetBytes((string)id)))
        .WithOwn(new ListedFields<Order>(OrderFields.Owner, OrderReader.MatchingByValue, order => order.CustomFields));

    internal static async Task<Page<Order>> Handle(ListQuery query, TenantDb db, OrderLines lines, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, null, ct);
        return page with { Data = await lines.AttachAsync(page.Data, ct) };
    }
}
