using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Tickets;

/// <summary>POST /tickets/changes: the same change for many tickets, each with an answer of its own.</summary>
public static class ChangeTickets
{
    public sealed record Request
    {
        [MinLength(1), MaxLength(Batch.MostItems)] public required IReadOnlyList<Id<Ticket>> TicketIds { get; init; }

        public required TicketChange Change { get; init; }
    }

    private sealed record Item(Id<Ticket> TicketId);

    internal static Task<JsonHttpResult<BatchAnswer<Ticket>>> Handle(Request request, TicketWriter writer, CancellationToken ct) =>
        Batch.RunAsync([.. request.TicketIds.Select(id => new Item(id))], async item => (StatusCodes.Status200OK, await writer.ChangeAsync(item.TicketId, request.Change, ct)));
}
