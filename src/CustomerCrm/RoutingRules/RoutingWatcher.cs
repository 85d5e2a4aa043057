using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.RoutingRules;

/// <summary>Gives tickets to somebody in the transaction in which they are opened, and hears when somebody has room again.</summary>
internal sealed class RoutingWatcher(TenantDb db, RoutingDesk desk, JobQueue jobs) : ITicketWatcher
{
    public async Task OpenedAsync(Ticket ticket, CancellationToken ct)
    {
        if (!await desk.IsUsedAsync(ct)) return;
        await desk.RouteAsync(await Ticket.FindAsync(ticket.Id, db, ct), "created", null, isSilent: false, ct); // its topic may be known since
    }

    public async Task ChangedAsync(Ticket before, Ticket after, TicketMoment why, CancellationToken ct)
    {
        if (TakesRoom(before) && (!TakesRoom(after) || before.AssigneeId != after.AssigneeId) && await IsAnyWaitingAsync(ct)) await jobs.EnqueueOnceAsync(new AssignWaiting(), "now", ct);
        if (desk.IsAtWork) return;
        var isFree = after.AssigneeId is null && !after.IsSolved && after.MergedIntoId is null;
        var isNew = before.AssigneeId is not null || before.TeamId != after.TeamId || before.IsSolved;
        // What a person takes somewhere stays there; what is opened again without anybody is asked about like a new one.
        if (isFree && isNew && await desk.IsUsedAsync(ct)) await desk.RouteAsync(after, "moved", before.TeamId != after.TeamId || before.AssigneeId is not null ? after.TeamId : null, isSilent: false, ct);
        else if (!isFree && (before.AssigneeId, before.IsSolved) != (after.AssigneeId, after.IsSolved)) await db.ExecuteAsync(StopWaiting, new { TicketId = after.Id }, ct);
    }

    // Rules, agents and its own agent may be others by now.
    public async Task RestoredAsync(Ticket ticket, CancellationToken ct)
    {
        if (ticket.AssigneeId is not null || ticket.IsSolved || ticket.MergedIntoId is not null || !await desk.IsUsedAsync(ct)) return;
        await desk.RouteAsync(ticket, "restored", await db.FindAsync<Id<Team>?>(PinnedOf, new { TicketId = ticket.Id }, ct), isSilent: false, ct);
    }

    private static bool TakesRoom(Ticket ticket) => ticket.AssigneeId is not null && (ticket.Category is TicketCategory.New or TicketCategory.Open);

    private async Task<bool> IsAnyWaitingAsync(CancellationToken ct) => (await db.QueryTopAsync<int>(Waiting, 1, null, ct)).Count > 0;

    private static readonly TenantSql Waiting = TenantSql.Of("SELECT 1 FROM RoutingWaits w WHERE w.TenantId = @TenantId ORDER BY w.TicketId");

    private static readonly TenantSql PinnedOf = TenantSql.Of("SELECT m.Id FROM RoutingWaits w JOIN Teams m ON m.TenantId = w.TenantId AND m.Id = w.PinnedId WHERE w.TenantId = @TenantId AND w.TicketId = @TicketId");

    private static readonly TenantSql StopWaiting = TenantSql.Of("DELETE FROM RoutingWaits WHERE TenantId = @TenantId AND TicketId = @TicketId");
}

/// <summary>Hears that agents or rules are others than before, or that a queue or somebody's tickets are gone, so that what waits may find somebody.</summary>
internal sealed class RoutingConsumer(JobQueue jobs) : IEventConsumer
{
    private static readonly string[] followed =
        ["agent.changed", "agent.presence_changed", "routing_rule.created", "routing_rule.updated", "routing_rule.deleted", "routing_rule.settings_changed", "team.member_added", "team.deleted", "business_calendar.updated", "ticket.removed", "customer.removed"];

    public string Name => "routing";

    public Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct) =>
        events.Any(e => followed.Contains(e.Type)) ? jobs.EnqueueOnceAsync(new AssignWaiting(), "now", ct) : Task.CompletedTask;
}
