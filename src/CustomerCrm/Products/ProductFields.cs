using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Products;

/// <summary>What products have of fields of their tenant's own.</summary>
internal static class ProductFields
{
    public static readonly CustomFieldOwner Owner = CustomFieldOwner.Of<Product>(CustomFieldResource.Products, OwnValueTables.Of("CustomFields", "Products", "Product", "p"));
}
