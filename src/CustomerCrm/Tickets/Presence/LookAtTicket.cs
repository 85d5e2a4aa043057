using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Presence;

/// <summary>PUT and DELETE /tickets/{ticket_id}/presence: the heart-beat of whoever has a ticket before them.</summary>
public static class LookAtTicket
{
    public sealed record Request
    {
        public ViewerState State { get; init; } = ViewerState.Viewing;
    }

    /// <summary>Who else is here.</summary>
    public sealed record Answer
    {
        /// <summary>Those who are editing first.</summary>
        [MaxLength(TicketPresence.MostShown)] public required IReadOnlyList<TicketViewer> Others { get; init; }

        /// <summary>When the caller counts as gone without another beat.</summary>
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Request request, TenantDb db, Caller caller, TicketPresence presence, TimeProvider clock, CancellationToken ct)
    {
        await Ticket.FindAsync(ticketId, db, ct);
        PersonOnly(caller);
        await presence.BeatAsync(ticketId, request.State, ct);
        return new Answer { Others = await presence.OthersAsync(ticketId, ct), ExpiresAt = clock.GetUtcNow() + TicketPresence.Lasts };
    }

    internal static async Task<NoContent> Leave([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, Caller caller, TicketPresence presence, CancellationToken ct)
    {
        await Ticket.FindAsync(ticketId, db, ct);
        PersonOnly(caller);
        await presence.EndAsync(ticketId, ct);
        return TypedResults.NoContent();
    }

    private static void PersonOnly(Caller caller)
    {
        if (caller.User is null) throw ApiProblem.Conflict("person_only", "Only a person who is signed in can be here; a key is nobody.");
    }
}
