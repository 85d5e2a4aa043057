using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets;

/// <summary>PATCH and DELETE /tickets/{ticket_id}</summary>
internal static class ChangeTicket
{
    internal static async Task<Ticket> Handle(
        [FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TicketChange request, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, TicketWriter writer, CancellationToken ct)
    {
        var current = await Ticket.LockAsync(ticketId, db, ct);
        await conflicts.CheckAsync(ifMatch, ticketId, current.Revision, request, ct);
        return await writer.ChangeAsync(ticketId, request, ct);
    }

    internal static async Task<NoContent> Remove(
        [FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, RecordBin bin, EventLog events, CancellationToken ct)
    {
        var current = await Ticket.LockAsync(ticketId, db, ct);
        await conflicts.CheckAsync(ifMatch, ticketId, current.Revision, change: null, ct);
        await bin.PutAsync(TicketRecord.RecordKind, ticketId, current.Revision, current.CustomerId.Value, current.Subject.Beginning(300), ct);
        events.Record("ticket.removed", current, current.CustomerId.Value);
        return TypedResults.NoContent();
    }
}
