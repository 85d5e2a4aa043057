using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Interactions;

/// <summary>What interactions have of fields of their tenant's own.</summary>
internal static class InteractionFields
{
    public static readonly CustomFieldOwner Owner = CustomFieldOwner.Of<Interaction>(CustomFieldResource.Interactions, OwnValueTables.Of("CustomFields", "Interactions", "Interaction", "i"));
}
