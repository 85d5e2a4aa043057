using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;

namespace CustomerCrm.RoutingRules;

/// <summary>Give those tickets to somebody that wait, the most urgent first, then the oldest.</summary>
public sealed record AssignWaiting;

/// <summary>Each ticket is a transaction of its own: a second run finds the first one's tickets given. It stops when nobody has room any more.</summary>
internal sealed class AssignWaitingJob(TenantDb db, RoutingDesk desk, AgentsSeen agents, Caller caller) : IJob<AssignWaiting>
{
    // Who has more waiting is looked at from the front again as soon as somebody has room.
    private const int Most = 1000;

    public async Task RunAsync(AssignWaiting work, CancellationToken ct)
    {
        if (!await agents.IsAnyFreeAsync(ct)) return;
        caller.ActAs(new Actor(ActorKind.Job, null, "routing"));
        foreach (var wait in await db.QueryTopAsync<Waiting>(InTurn, Most, null, ct))
        {
            ct.ThrowIfCancellationRequested();
            var outcome = RoutingOutcome.Waiting;
            await db.InTransactionAsync(async () => outcome = await AssignAsync(wait, ct), ct);
            if (outcome == RoutingOutcome.Assigned && !await agents.IsAnyFreeAsync(ct)) return;
        }
    }

    private async Task<RoutingOutcome> AssignAsync(Waiting wait, CancellationToken ct)
    {
        if (await db.FindAsync<int?>(StillWaits, new { wait.TicketId }, ct) is null) return RoutingOutcome.Kept; // given, solved or gone since
        return await desk.RouteAsync(await Ticket.LockAsync(wait.TicketId, db, ct), "capacity_freed", wait.PinnedId, isSilent: true, ct) ?? RoutingOutcome.Kept;
    }

    private sealed record Waiting
    {
        public required Id<Ticket> TicketId { get; init; }
        public Id<Team>? PinnedId { get; init; }
    }

    private static readonly TenantSql InTurn = TenantSql.Of("""
        SELECT w.TicketId, m.Id AS PinnedId
        FROM RoutingWaits w
        JOIN Tickets t ON t.TenantId = w.TenantId AND t.Id = w.TicketId
        LEFT JOIN Teams m ON m.TenantId = w.TenantId AND m.Id = w.PinnedId
        WHERE w.TenantId = @TenantId
        ORDER BY t.Priority DESC, w.Since, w.TicketId
        """);

    private static readonly TenantSql StillWaits = TenantSql.Of("SELECT 1 FROM RoutingWaits w WHERE w.TenantId = @TenantId AND w.TicketId = @TicketId");
}
