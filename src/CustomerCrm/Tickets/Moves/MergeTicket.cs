using System.ComponentModel.DataAnnotations;
using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.TicketStatuses;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Moves;

/// <summary>POST /tickets/{ticket_id}/merge: the same was asked twice. The ticket is closed, and what its customer writes goes on to the other.</summary>
public static class MergeTicket
{
    public sealed record Request
    {
        /// <summary>The ticket that stays.</summary>
        public required Id<Ticket> IntoId { get; init; }

        /// <summary>Why, for whoever asks later.</summary>
        /// <example>The same parcel</example>
        [StringLength(1000, MinimumLength = 1)] public string? Reason { get; init; }

        /// <summary>What the customer of the merged ticket is told; left out, nothing.</summary>
        /// <example>We look at this together with your other question.</example>
        [StringLength(10_000, MinimumLength = 1)] public string? TellCustomer { get; init; }
    }

    internal static async Task<Ticket> Handle(
        [FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Request request, TenantDb db, TicketWriter writer, WantedTicket wishes, ConversationWriter conversations, TicketMoves moves, EventLog events, CancellationToken ct)
    {
        await Ticket.FindAsync(ticketId, db, ct);
        if (request.IntoId == ticketId) throw ApiProblem.Invalid("/into_id", "itself", "A ticket does not go into itself.");
        // Told before anything is locked: whoever writes to a conversation holds that first, and its ticket behind it.
        if (request.TellCustomer is { } text) await writer.ReplyAsync(ticketId, new NewEntry { Author = EntryAuthor.Agent, Text = text }, ct);
        var (ticket, into) = await LockBothAsync(ticketId, request.IntoId, db, ct);
        if (ticket.MergedIntoId is { } already) throw TicketSteps.Merged(already);
        if (into.MergedIntoId is { } further) throw TicketSteps.Merged(further);
        if (ticket.Category == TicketCategory.Closed || into.Category == TicketCategory.Closed) throw TicketSteps.Closed();

        var effects = new List<string> { $"#{ticket.Number} was closed; what its customer writes goes on to #{into.Number}." };
        if (ticket.CustomerId != into.CustomerId) effects.Add("The two have different customers: each conversation stays with its own, and notes say what the other customer writes.");
        var closed = await wishes.LabelledAsync(ticket, ticket with { Category = TicketCategory.Closed, MergedIntoId = into.Id }, ct);
        var merged = await writer.SaveAsync(ticket, closed, TicketMoment.Merged, ct);
        if (ticket.Tags.Except(into.Tags, StringComparer.OrdinalIgnoreCase).ToArray() is { Length: > 0 } tags)
        {
            into = await writer.ChangeAsync(into.Id, new TicketChange { AddTags = tags }, ct);
            effects.Add($"#{into.Number} has its tags too: {string.Join(", ", tags)}.");
        }
        await moves.RecordAsync(TicketMoveKind.MergedInto, ticket.Id, into.Id, request.Reason, await db.FindAsync<int>(Count, new { ConversationId = ticket.ConversationId?.ToBytes() ?? [] }, ct), effects, ct);
        await NoteAsync(into, ticket, $"Ticket #{ticket.Number} went into this one: {ticket.Subject}", request.Reason, conversations, ct);
        if (ticket.ConversationId != into.ConversationId) await NoteAsync(ticket, into, $"This ticket went into #{into.Number}: {into.Subject}", request.Reason, conversations, ct);
        events.Record("ticket.merged", merged, merged.CustomerId.Value);
        return into;
    }

    // Always in the same order, so that two merges at once do not wait for each other.
    private static async Task<(Ticket Ticket, Ticket Into)> LockBothAsync(Id<Ticket> ticketId, Id<Ticket> intoId, TenantDb db, CancellationToken ct)
    {
        var locked = new Dictionary<Id<Ticket>, Ticket>();
        foreach (var id in new[] { ticketId, intoId }.OrderBy(id => id.ToString(), StringComparer.Ordinal))
        {
            if (id == intoId && await db.FindAsync<int?>(Has, new { TicketId = id }, ct) is null) throw ApiProblem.Invalid("/into_id", "unknown_ticket", "There is no such ticket.");
            locked[id] = await Ticket.LockAsync(id, db, ct);
        }
        return (locked[ticketId], locked[intoId]);
    }

    private static async Task NoteAsync(Ticket where, Ticket other, string text, string? reason, ConversationWriter conversations, CancellationToken ct)
    {
        if (where.ConversationId is { } conversation)
            await conversations.AppendAsync(conversation, new NewEntry { Kind = EntryKind.Note, Author = EntryAuthor.System, Text = $"{text}{(reason is null ? "" : $"\n\n{reason}")}\n\n/v1/tickets/{other.Id}" }, ct);
    }

    private static readonly TenantSql Has = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Kind IN (1, 2)");
}
