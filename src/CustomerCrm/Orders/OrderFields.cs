using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Orders;

/// <summary>What orders have of fields of their tenant's own.</summary>
internal static class OrderFields
{
    public static readonly CustomFieldOwner Owner = CustomFieldOwner.Of<Order>(CustomFieldResource.Orders, OwnValueTables.Of("CustomFields", "Orders", "Order", "o"));
}
