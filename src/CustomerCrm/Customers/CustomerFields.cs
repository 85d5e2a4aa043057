using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Customers;

/// <summary>What customers have of fields of their tenant's own.</summary>
internal static class CustomerFields
{
    public static readonly CustomFieldOwner Owner = CustomFieldOwner.Of<Customer>(CustomFieldResource.Customers, OwnValueTables.Of("CustomFields", "Customers", "Customer", "c"));
}
