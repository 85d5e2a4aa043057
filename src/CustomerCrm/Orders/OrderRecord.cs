using CustomerCrm.Platform.Records;

namespace CustomerCrm.Orders;

/// <summary>An order with its lines, refunds and notes, as it goes into the bin.</summary>
internal static class OrderRecord
{
    public static RecordKind Kind { get; } = new("order", Order.Prefix,
    [
        new("Orders", "Id") { Resource = "order", KnownBy = "ExternalId", Spare = new("external_id", "ExternalId", "ExternalKey", "Source"), PointsTo = new Dictionary<string, string> { ["CustomerId"] = "Customers" } },
        new("OrderLines", "OrderId") { IsOfItself = true, Resource = "line" },
        new("OrderFields", "OrderId") { IsOfItself = true },
        new("OrderFieldValues", "OrderId") { IsOfItself = true, PointsTo = new Dictionary<string, string> { ["FieldId"] = "CustomFields" } },
        new("OrderTags", "OrderId") { PointsTo = new Dictionary<string, string> { ["TagId"] = "Tags" } },
        new("Refunds", "OrderId") { Resource = "refund", KnownBy = "ExternalId" },
        new("Notes", "OrderId") { Resource = "note", IsUntied = true, PointsTo = new Dictionary<string, string> { ["CustomerId"] = "Customers", ["CompanyId"] = "Companies" } },
    ]);
}
