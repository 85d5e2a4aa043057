using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Templates.Fields;

/// <summary>
/// Says what a ticket is to a text. Tickets are talked about in conversations, whose answers are written here; so templates ask whoever
/// has the tickets, and know nothing else of them.
/// </summary>
internal interface ITicketValues
{
    /// <returns>By the names of the fields behind <c>ticket.</c>; null: there is no such ticket, or it is another customer's.</returns>
    Task<Dictionary<string, object?>?> FindAsync(Id<SpokenTicket> ticketId, Id<Customer>? customerId, CancellationToken ct);
}

/// <summary>The kind of id that a ticket has of which a text speaks.</summary>
public sealed record SpokenTicket : IHasId
{
    public static string Prefix => "tick";
}
