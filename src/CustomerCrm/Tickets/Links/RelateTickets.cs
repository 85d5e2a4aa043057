using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Links;

/// <summary>GET and POST /tickets/{ticket_id}/links; DELETE takes one away.</summary>
public static class RelateTickets
{
    private static readonly FilterType relations = FilterType.OneOf<TicketRelation>();

    internal const int MostLinks = 1000, MostLooked = 1000;

    public sealed record Request
    {
        [Required] public TicketRelation? Relation { get; init; }

        /// <summary>The other ticket.</summary>
        public required Id<Ticket> TicketId { get; init; }
    }

    /// <summary>The tickets that a ticket has to do with.</summary>
    public sealed record Links
    {
        /// <summary>Those linked last first.</summary>
        [MaxLength(MostLinks)] public required IReadOnlyList<TicketLink> Data { get; init; }
    }

    internal static async Task<Links> List([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, CancellationToken ct)
    {
        await Ticket.FindAsync(ticketId, db, ct);
        return await ReadAsync(ticketId, db, ct);
    }

    internal static async Task<Links> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Request request, TenantDb db, Caller caller, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var ticket = await Ticket.LockAsync(ticketId, db, ct);
        if (request.TicketId == ticketId) throw ApiProblem.Invalid("/ticket_id", "itself", "A ticket is not linked with itself.");
        var other = await db.FindAsync<Ticket>(Other, new { request.TicketId }, ct) ?? throw ApiProblem.Invalid("/ticket_id", "unknown_ticket", "There is no such ticket.");
        var (from, to, kind) = LinkRules.RowOf(ticketId, other.Id, request.Relation!.Value);
        if (kind == LinkKind.ProblemOf && (from == ticketId ? other : ticket).Type != TicketType.Problem)
            throw ApiProblem.Invalid("/relation", "not_a_problem", "What stands behind incidents is a ticket of the type problem. Make it one first.");
        if (kind != LinkKind.Relates && await LinkRules.ClosesCircleAsync(from, to, id => db.QueryAsync<Id<Ticket>>(Next, new { TicketId = id, Kind = kind }, ct), MostLooked))
            throw ApiProblem.Conflict("link_circle", "The other ticket leads back to this one: the link would close a circle.");
        if (await db.FindAsync<int>(Count, new { TicketId = ticketId }, ct) >= MostLinks) throw ApiProblem.Conflict("too_many_links", $"A ticket has at most {MostLinks} links.");

        var actor = caller.Actor;
        var row = new { TicketId = from, OtherId = to, Kind = kind, Now = clock.GetUtcNow(), ActorKind = actor.Kind, ActorId = actor.Id, ActorName = actor.Name };
        if (await db.ExecuteAsync(InsertOnce, row, ct) > 0) Record("ticket.linked", ticket, other.Id, request.Relation.Value, events);
        return await ReadAsync(ticketId, db, ct);
    }

    /// <param name="ticketId">One of the two.</param>
    /// <param name="named">What the other is to it: problem, incident, related, original or duplicate.</param>
    /// <param name="linkedId">The other.</param>
    /// <param name="db">Reads and writes.</param>
    /// <param name="events">Says it.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<NoContent> Remove(
        [FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, [FromRoute(Name = "relation")] string named, [FromRoute(Name = "linked_ticket_id")] Id<Ticket> linkedId,
        TenantDb db, EventLog events, CancellationToken ct)
    {
        var ticket = await Ticket.FindAsync(ticketId, db, ct);
        if (relations.Read(named) is not TicketRelation relation) throw ApiProblem.NotFound("link");
        var (from, to, kind) = LinkRules.RowOf(ticketId, linkedId, relation);
        if (await db.ExecuteAsync(Delete, new { TicketId = from, OtherId = to, Kind = kind }, ct) == 0) throw ApiProblem.NotFound("link");
        Record("ticket.unlinked", ticket, linkedId, relation, events);
        return TypedResults.NoContent();
    }

    private static async Task<Links> ReadAsync(Id<Ticket> ticketId, TenantDb db, CancellationToken ct) => new() { Data = await db.QueryTopAsync<TicketLink>(Of, MostLinks, new { TicketId = ticketId }, ct) };

    private static void Record(string type, Ticket ticket, Id<Ticket> other, TicketRelation relation, EventLog events) =>
        events.Record(type, new LinkedTicket { TicketId = ticket.Id, Relation = relation, LinkedTicketId = other }, ticket.CustomerId.Value);

    private static readonly TenantSql Other = Ticket.Matching.Then("AND t.Id = @TicketId");

    private static readonly TenantSql Next = TenantSql.Of("""
        SELECT k.OtherId
        FROM TicketLinks k
        WHERE k.TenantId = @TenantId
          AND k.TicketId = @TicketId
          AND k.Kind = @Kind
        """);

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM TicketLinks k WHERE k.TenantId = @TenantId AND (k.TicketId = @TicketId OR k.OtherId = @TicketId)");

    private static readonly TenantSql Of = TenantSql.Of("""
        SELECT f.Relation, f.TicketId, t.Number, t.Subject, t.Category, f.CreatedAt, f.ActorKind, f.ActorId, f.ActorName
        FROM (
            SELECT CASE k.Kind WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 4 END AS Relation, k.OtherId AS TicketId, k.CreatedAt, k.ActorKind, k.ActorId, k.ActorName
            FROM TicketLinks k
            WHERE k.TenantId = @TenantId AND k.TicketId = @TicketId
            UNION ALL
            SELECT CASE j.Kind WHEN 1 THEN 2 WHEN 2 THEN 3 ELSE 5 END, j.TicketId, j.CreatedAt, j.ActorKind, j.ActorId, j.ActorName
            FROM TicketLinks j
            WHERE j.TenantId = @TenantId AND j.OtherId = @TicketId
        ) f
        JOIN Tickets t ON t.TenantId = @TenantId AND t.Id = f.TicketId
        ORDER BY f.CreatedAt DESC, f.TicketId
        """);

    private static readonly TenantSql InsertOnce = TenantSql.Of("""
        INSERT INTO TicketLinks (TenantId, TicketId, OtherId, Kind, CreatedAt, ActorKind, ActorId, ActorName)
        SELECT t.TenantId, t.Id, @OtherId, @Kind, @Now, @ActorKind, CAST(@ActorId AS NVARCHAR(40)), CAST(@ActorName AS NVARCHAR(200))
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
          AND NOT EXISTS (SELECT 1 FROM TicketLinks k WHERE k.TenantId = @TenantId AND k.TicketId = @TicketId AND k.OtherId = @OtherId AND k.Kind = @Kind)
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM TicketLinks
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
          AND OtherId = @OtherId
          AND Kind = @Kind
        """);
}

/// <summary>The data of <c>ticket.linked</c> and <c>ticket.unlinked</c>.</summary>
public sealed record LinkedTicket
{
    public required Id<Ticket> TicketId { get; init; }

    /// <summary>What the other is to it.</summary>
    public required TicketRelation Relation { get; init; }

    public required Id<Ticket> LinkedTicketId { get; init; }
}
