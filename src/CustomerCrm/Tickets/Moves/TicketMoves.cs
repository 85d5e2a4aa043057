using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Moves;

/// <summary>Keeps why a ticket is not worked at any more, or where one comes from. GET /tickets/{ticket_id}/moves</summary>
internal sealed class TicketMoves(TenantDb db, Caller caller, TimeProvider clock)
{
    public Task RecordAsync(TicketMoveKind kind, Id<Ticket> ticketId, Id<Ticket> otherId, string? reason, int entries, IReadOnlyList<string> effects, CancellationToken ct)
    {
        var actor = caller.Actor;
        return db.ExecuteAsync(Insert, new
        {
            Id = Id<TicketMove>.New(), Kind = kind, TicketId = ticketId, OtherId = otherId, Reason = reason, Moved = entries, Details = JsonSerializer.Serialize(effects, StrictJson.Options), Now = clock.GetUtcNow(),
            ActorKind = actor.Kind, ActorId = actor.Id, ActorName = actor.Name,
        }, ct);
    }

    internal static async Task<Page<TicketMove>> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Ticket.FindAsync(ticketId, db, ct);
        return await List.ReadAsync(query, db, new { TicketId = ticketId }, ct);
    }

    private static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT f.Id, f.Kind, f.TicketId, (SELECT t.Number FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = f.TicketId) AS Number,
            f.Reason, f.EntryCount, f.EffectsText, f.MovedAt, f.ActorKind, f.ActorId, f.ActorName
        FROM (
            SELECT m.Id, m.Kind, m.OtherId AS TicketId, m.Reason, m.Moved AS EntryCount, m.Details AS EffectsText, m.MovedAt, m.ActorKind, m.ActorId, m.ActorName
            FROM TicketMoves m
            WHERE m.TenantId = @TenantId AND m.TicketId = @TicketId
            UNION ALL
            SELECT o.Id, o.Kind + 2, o.TicketId, o.Reason, o.Moved, o.Details, o.MovedAt, o.ActorKind, o.ActorId, o.ActorName
            FROM TicketMoves o
            WHERE o.TenantId = @TenantId AND o.OtherId = @TicketId
        ) f
        WHERE 1 = 1
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TicketMoves (TenantId, Id, Kind, TicketId, OtherId, Reason, Moved, Details, MovedAt, ActorKind, ActorId, ActorName)
        VALUES (@TenantId, @Id, @Kind, @TicketId, @OtherId, @Reason, @Moved, @Details, @Now, @ActorKind, @ActorId, @ActorName)
        """);

    internal static readonly ListOf<TicketMove> List = ListOf<TicketMove>.From(OfTicket, "f.Id", move => move.Id.ToBytes())
        .SortedBy("moved_at", "f.MovedAt", move => move.MovedAt, isDescending: true);
}
