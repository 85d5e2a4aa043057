using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tickets;

/// <summary>What tickets have of fields of their tenant's own.</summary>
internal static class TicketFields
{
    public static readonly CustomFieldOwner Owner = CustomFieldOwner.Of<Ticket>(CustomFieldResource.Tickets, OwnValueTables.Of("CustomFields", "Tickets", "Ticket", "t"));
}
