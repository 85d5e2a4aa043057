using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Moves;

/// <summary>POST /tickets/{ticket_id}/split: the customer asked two things. Chosen entries become a ticket of their own.</summary>
public static class SplitTicket
{
    public sealed record Request
    {
        /// <summary>Messages and notes of the ticket's conversation that are to go.</summary>
        [MinLength(1), MaxLength(EntryMoves.Most)] public required IReadOnlyList<Id<ConversationEntry>> EntryIds { get; init; }

        /// <example>And where is my invoice?</example>
        [StringLength(500, MinimumLength = 1)] public required string Subject { get; init; }

        /// <summary>Left out, as the ticket's.</summary>
        public TicketType? Type { get; init; }

        /// <summary>Left out, as the ticket's.</summary>
        public TicketPriority? Priority { get; init; }

        public Id<User>? AssigneeId { get; init; }

        /// <summary>Left out, as the ticket's.</summary>
        public Id<Team>? TeamId { get; init; }

        /// <example>Another question</example>
        [StringLength(1000, MinimumLength = 1)] public string? Reason { get; init; }
    }

    internal static async Task<Created<Ticket>> Handle(
        [FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Request request, TenantDb db, TicketWriter writer, EntryMoves entries, TicketMoves moves, EventLog events, CancellationToken ct)
    {
        var ticket = await Ticket.FindAsync(ticketId, db, ct);
        if (ticket.MergedIntoId is { } into) throw TicketSteps.Merged(into);
        Id<ConversationEntry>[] chosen = [.. request.EntryIds.Distinct()];
        var said = await db.QueryAsync<Said>(Chosen.And(Condition.In("e.Id", chosen.Select(id => (object?)id.ToBytes()))), new { ConversationId = ticket.ConversationId?.ToBytes() ?? [] }, ct);
        var unknown = request.EntryIds.Index().Where(asked => said.All(entry => entry.Id != asked.Item)).Select(asked => new FieldError($"/entry_ids/{asked.Index}", "unknown_entry", "This is no message or note of the ticket.")).ToArray();
        if (unknown.Length > 0) throw ApiProblem.Invalid(unknown);
        var heard = said.Where(entry => entry is { Author: EntryAuthor.Customer, Kind: EntryKind.Message }).ToArray();

        var split = await writer.OpenAsync(new NewTicket
        {
            // Whoever said it, also where the ticket is another customer's by now: nobody's words become somebody else's.
            CustomerId = (await Conversation.FindAsync(ticket.ConversationId!.Value, db, ct)).CustomerId,
            Subject = request.Subject,
            Type = request.Type ?? ticket.Type,
            Priority = request.Priority ?? ticket.Priority,
            Channel = heard.LastOrDefault()?.Channel ?? ticket.Channel,
            Language = ticket.Language,
            AssigneeId = request.AssigneeId,
            TeamId = request.TeamId ?? ticket.TeamId,
            CustomerRepliedAt = heard.Length == 0 ? null : heard.Max(entry => entry.OccurredAt),
            Origin = new TicketOrigin("ticket", ticket.Id.ToString()),
        }, ct);
        await entries.MoveAsync(ticket.ConversationId.Value, split.ConversationId!.Value, chosen, $"{chosen.Length} to ticket #{split.Number}: {split.Subject}", ct);
        await moves.RecordAsync(TicketMoveKind.SplitInto, ticket.Id, split.Id, request.Reason, chosen.Length, [$"{chosen.Length} entries stand in the conversation of #{split.Number} now."], ct);
        events.Record("ticket.split", new SplitFromTicket(ticket, split.Id, chosen.Length), ticket.CustomerId.Value);
        return TypedResults.Created($"/v1/tickets/{split.Id}", split);
    }

    private sealed record Said
    {
        public required Id<ConversationEntry> Id { get; init; }
        public required EntryKind Kind { get; init; }
        public required EntryAuthor Author { get; init; }
        public InteractionChannel? Channel { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
    }

    private static readonly TenantSql Chosen = TenantSql.Of("""
        SELECT e.Id, e.Kind, e.Author, e.Channel, e.OccurredAt
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind IN (1, 2)
        """);
}

/// <summary>The data of <c>ticket.split</c>: the ticket that entries were taken out of.</summary>
public sealed record SplitFromTicket : Ticket
{
    [SetsRequiredMembers]
    internal SplitFromTicket(Ticket ticket, Id<Ticket> newTicketId, int entryCount) : base(ticket) => (NewTicketId, EntryCount) = (newTicketId, entryCount);

    /// <summary>The ticket that they became.</summary>
    [NotInHistory] public Id<Ticket> NewTicketId { get; }

    [NotInHistory] public int EntryCount { get; }
}
