using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Companies;

/// <summary>What companies have of fields of their tenant's own.</summary>
internal static class CompanyFields
{
    public static readonly CustomFieldOwner Owner = CustomFieldOwner.Of<Company>(CustomFieldResource.Companies, OwnValueTables.Of("CustomFields", "Companies", "Company", "c"));
}
