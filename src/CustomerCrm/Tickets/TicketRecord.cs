using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Tickets;

/// <summary>A ticket as it goes into the bin, and what is to be done when it is back.</summary>
internal sealed class TicketRecord(TenantDb db, IEnumerable<ITicketWatcher> watchers, EventLog events) : IRestored
{
    public static RecordKind RecordKind { get; } = new("ticket", Ticket.Prefix,
    [
        new("Tickets", "Id") { Resource = "ticket", KnownBy = "Subject", Spare = new("external_id", "ExternalId", "ExternalKey", "Source"), PointsTo = new Dictionary<string, string> { ["CustomerId"] = "Customers" } },
        new("TicketFields", "TicketId"),
        new("TicketFieldValues", "TicketId") { PointsTo = new Dictionary<string, string> { ["FieldId"] = "CustomFields" } },
        new("TicketTags", "TicketId") { PointsTo = new Dictionary<string, string> { ["TagId"] = "Tags" } },
        new("TicketLinks", "TicketId") { Resource = "ticket_link" },
        new("TicketMoves", "TicketId"),
        new("TicketViewers", "TicketId"),
        new("SlaClocks", "TicketId"),
        new("SlaEntries", "TicketId"),
        new("SlaAlerts", "TicketId"),
        new("SlaAcknowledgements", "TicketId"),
        new("Reminders", "TicketId"),
        new("RoutingWaits", "TicketId"),
        new("RoutingDecisions", "TicketId"),
        new("RoutingRefusals", "TicketId"),
        new("TicketTopics", "TicketId"),
        new("ServiceTickets", "TicketId"),
        new("ServiceReplies", "TicketId"),
    ]);

    public string Kind => RecordKind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var ticket = await Ticket.FindAsync(new Id<Ticket>(recordId), db, ct);
        events.Record("ticket.restored", ticket, ticket.CustomerId.Value);
        foreach (var watcher in watchers) await watcher.RestoredAsync(await Ticket.LockAsync(ticket.Id, db, ct), ct);
    }
}
