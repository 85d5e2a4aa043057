using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets.Presence;
using CustomerCrm.Tickets.Promises;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets;

/// <summary>GET /tickets/{ticket_id} and /tickets/by-number/{ticket_number}</summary>
internal static class ShowTicket
{
    internal const int MostMerged = 100;

    internal static async Task<ShownTicket> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, TicketPresence presence, TimeProvider clock, CancellationToken ct) =>
        await ShownAsync(await Ticket.FindAsync(ticketId, db, ct), db, presence, clock, ct);

    /// <param name="number">Its number, without the number sign.</param>
    /// <param name="db">Reads.</param>
    /// <param name="presence">Who else is here.</param>
    /// <param name="clock">What is late by now.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<ShownTicket> ByNumber([FromRoute(Name = "ticket_number")] string number, TenantDb db, TicketPresence presence, TimeProvider clock, CancellationToken ct) =>
        await ShownAsync((int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? await db.FindAsync<Ticket>(OfNumber, new { Number = wanted }, ct) : null) ?? throw ApiProblem.NotFound("ticket"), db, presence, clock, ct);

    private static async Task<ShownTicket> ShownAsync(Ticket ticket, TenantDb db, TicketPresence presence, TimeProvider clock, CancellationToken ct) => new(ticket)
    {
        LastEntryNumber = ticket.ConversationId is { } conversation ? await db.FindAsync<int?>(LastNumber, new { ConversationId = conversation }, ct) : null,
        ConversationRemovedAt = ticket.ConversationId is null ? await db.FindAsync<DateTimeOffset?>(RemovedAt, new { TicketId = ticket.Id }, ct) : null,
        MergedIds = await db.QueryTopAsync<Id<Ticket>>(Merged, MostMerged, new { TicketId = ticket.Id }, ct),
        Sla = await TicketSlas.OfAsync(ticket.Id, db, clock.GetUtcNow(), ct),
        Viewers = await presence.OthersAsync(ticket.Id, ct),
    };

    private static readonly TenantSql OfNumber = Ticket.Matching.Then("AND t.Number = @Number");

    private static readonly TenantSql LastNumber = TenantSql.Of("SELECT v.LastNumber FROM Conversations v WHERE v.TenantId = @TenantId AND v.Id = @ConversationId");

    private static readonly TenantSql RemovedAt = TenantSql.Of("""
        SELECT r.RemovedAt
        FROM Tickets t
        JOIN RemovedRecords r ON r.TenantId = t.TenantId AND r.RecordKey = t.ConversationId
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
          AND r.Kind = 'conversation'
        """);

    private static readonly TenantSql Merged = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.MergedIntoId = @TicketId
        ORDER BY t.Number
        """);
}

/// <summary>A ticket by itself: with what is promised of it, and who else is at it.</summary>
public sealed record ShownTicket : Ticket
{
    [SetsRequiredMembers]
    internal ShownTicket(Ticket ticket) : base(ticket)
    {
    }

    /// <summary>The number of the last entry of its conversation: send it as <c>last_seen_number</c> with an answer.</summary>
    public int? LastEntryNumber { get; init; }

    /// <summary>Its conversation was put into the recycle bin then, and can be restored. Null where it is there, or gone for good.</summary>
    public DateTimeOffset? ConversationRemovedAt { get; init; }

    /// <summary>Tickets that went into this one.</summary>
    [MaxLength(ShowTicket.MostMerged)] public IReadOnlyList<Id<Ticket>> MergedIds { get; init; } = [];

    /// <summary>What is promised of it, and how that stands now; null where nothing is. It goes on without changing the ticket's <c>ETag</c>.</summary>
    public TicketSla? Sla { get; init; }

    /// <summary>Others who have it before them now, those who are editing first. They come and go without changing the ticket's <c>ETag</c>.</summary>
    [MaxLength(TicketPresence.MostShown)] public IReadOnlyList<TicketViewer> Viewers { get; init; } = [];
}
