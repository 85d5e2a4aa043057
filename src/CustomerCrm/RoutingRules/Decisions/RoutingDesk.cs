using System.Text.Json;
using CustomerCrm.Agents;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.RoutingRules.Deciding;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.Users;

namespace CustomerCrm.RoutingRules.Decisions;

/// <summary>Finds whose a ticket is. Nothing is lost: what nobody can take waits, and is asked about again when that may have changed.</summary>
internal sealed class RoutingDesk(TenantDb db, TicketReading reading, AgentsSeen seen, RoutingTurn turn, AgentTurns turns, TicketWriter tickets, EventLog events, JobQueue jobs, TimeProvider clock)
{
    private IReadOnlyList<RoutingRule>? rules;

    /// <summary>What it changes of a ticket, it need not hear of.</summary>
    public bool IsAtWork { get; private set; }

    /// <summary>Whether the tenant has anything to route by.</summary>
    public async Task<bool> IsUsedAsync(CancellationToken ct) => (await RulesAsync(ct)).Count > 0 || (await turn.SettingsAsync(ct)).FallbackTeamId is not null;

    /// <param name="ticket">As it is now, held by the caller's transaction.</param>
    /// <param name="cause">Why it is asked about.</param>
    /// <param name="pinned">The queue that a person has put it in: then no rule is asked.</param>
    /// <param name="isSilent">Nothing is written down if it goes on waiting.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null: nothing was written down.</returns>
    public async Task<RoutingOutcome?> RouteAsync(Ticket ticket, string cause, Id<Team>? pinned, bool isSilent, CancellationToken ct)
    {
        if (ticket.AssigneeId is not null || ticket.IsSolved || ticket.MergedIntoId is not null)
        {
            await db.ExecuteAsync(StopWaiting, new { TicketId = ticket.Id }, ct);
            return null;
        }
        await turn.TakeAsync(ct);
        var found = pinned is { } queue ? await WithinAsync(ticket, queue, ct) : await ByRulesAsync(ticket, ct);
        if (found.Chosen is null && isSilent) return RoutingOutcome.Waiting;
        if (found.Chosen is null)
        {
            var row = new { TicketId = ticket.Id, RuleId = found.RuleId?.ToBytes(), PinnedId = pinned?.ToBytes(), Now = clock.GetUtcNow() };
            if (await db.ExecuteAsync(GoOnWaiting, row, ct) == 0) await db.ExecuteAsync(Wait, row, ct);
            if (await seen.NextAtWorkAsync(found.Verdicts.Where(v => v.Code == "outside_hours").Select(v => v.UserId), ct) is { } at)
                await jobs.EnqueueAsync(new AssignWaiting(), new JobTerms { RunAt = at, UniqueKey = "hours" }, ct);
        }
        else
        {
            await db.ExecuteAsync(StopWaiting, new { TicketId = ticket.Id }, ct);
            await turns.GivenAsync(found.Chosen.Id, ct);
        }
        await MoveAsync(ticket, found, ct);
        await WriteAsync(ticket, cause, found, ct);
        return found.Chosen is null ? RoutingOutcome.Waiting : RoutingOutcome.Assigned;
    }

    /// <summary>Changes a ticket without hearing of it.</summary>
    public async Task ChangeAsync(Id<Ticket> ticketId, TicketChange change, CancellationToken ct)
    {
        IsAtWork = true;
        try
        {
            await tickets.ChangeAsync(ticketId, change, ct);
        }
        finally
        {
            IsAtWork = false;
        }
    }

    private async Task<IReadOnlyList<RoutingRule>> RulesAsync(CancellationToken ct) => rules ??= await RoutingRule.AtWorkAsync(db, ct);

    private async Task<Found> ByRulesAsync(Ticket ticket, CancellationToken ct)
    {
        var asked = new List<AskedRule>();
        IReadOnlyList<AgentVerdict> verdicts = [];
        foreach (var rule in await RulesAsync(ct))
        {
            var definition = rule.Definition;
            var condition = await reading.EvaluateAsync(definition.Condition, ticket, ct);
            if (condition.Result && definition.TeamId is { } queue && await db.FindAsync<int?>(HasTeam, new { TeamId = queue }, ct) is null)
            {
                asked.Add(new AskedRule { RuleId = rule.Id, Name = rule.Name, Matches = true, Condition = condition, Outcome = "queue_gone" });
                continue;
            }
            var (chosen, all) = condition.Result ? AgentChoice.Of(definition.Need, await seen.ForAsync(ticket, definition.TeamId, ct)) : (null, verdicts);
            verdicts = all;
            var isTaken = condition.Result && (chosen is not null || definition.IfNobody == IfNobody.Wait);
            asked.Add(new AskedRule { RuleId = rule.Id, Name = rule.Name, Matches = condition.Result, Condition = condition, Outcome = !condition.Result ? "no_match" : chosen is not null ? "took" : isTaken ? "waits" : "nobody_free" });
            if (isTaken) return new Found(rule.Id, definition.TeamId, chosen, asked, verdicts, rule.Name);
        }
        var fallback = ticket.TeamId ?? (await turn.SettingsAsync(ct)).FallbackTeamId;
        return fallback is { } team ? (await WithinAsync(ticket, team, ct)) with { Asked = asked } : new Found(null, null, null, asked, verdicts, null);
    }

    private async Task<Found> WithinAsync(Ticket ticket, Id<Team> team, CancellationToken ct)
    {
        var (chosen, verdicts) = AgentChoice.Of(new RoutingNeed(), await seen.ForAsync(ticket, team, ct));
        return new Found(null, team, chosen, [], verdicts, null);
    }

    private async Task MoveAsync(Ticket ticket, Found found, CancellationToken ct)
    {
        var team = found.TeamId ?? ticket.TeamId;
        if (found.Chosen is null && team == ticket.TeamId) return;
        await ChangeAsync(ticket.Id, new TicketChange
        {
            AssigneeId = found.Chosen is { } agent ? new Change<Id<User>?>(agent.Id) : default,
            TeamId = team == ticket.TeamId ? default : new Change<Id<Team>?>(team),
        }, ct);
    }

    private async Task WriteAsync(Ticket ticket, string cause, Found found, CancellationToken ct)
    {
        var details = new RoutingDetails { Explanation = found.Explanation, Rules = found.Asked, Agents = found.Verdicts };
        var decision = new RoutingDecision
        {
            Id = Id<RoutingDecision>.New(), TicketId = ticket.Id, At = clock.GetUtcNow(), Cause = cause, Outcome = found.Chosen is null ? RoutingOutcome.Waiting : RoutingOutcome.Assigned, RuleId = found.RuleId,
            TeamId = found.TeamId ?? ticket.TeamId, AssigneeId = found.Chosen?.Id, DetailsText = JsonSerializer.Serialize(details, StrictJson.Options),
        };
        await db.ExecuteAsync(Insert, new
        {
            decision.Id, decision.TicketId, decision.At, decision.Cause, decision.Outcome, RuleId = decision.RuleId?.ToBytes(), TeamId = decision.TeamId?.ToBytes(), AssigneeId = decision.AssigneeId?.ToBytes(), Details = decision.DetailsText,
        }, ct);
        events.Record(found.Chosen is null ? "ticket.waits_for_agent" : "ticket.routed", RoutedTicket.Of(ticket, decision), ticket.CustomerId.Value);
    }

    private sealed record Found(Id<RoutingRule>? RuleId, Id<Team>? TeamId, AgentSeen? Chosen, IReadOnlyList<AskedRule> Asked, IReadOnlyList<AgentVerdict> Verdicts, string? RuleName)
    {
        private string Who => RuleName is null ? TeamId is null ? "No rule took it" : "Its queue took it" : $"{RuleName} took it";

        public string Explanation => Chosen is null ? $"{Who}; nobody can take it now, so it waits." : $"{Who}, for {Chosen.Name}. {Verdicts.First(v => v.Code == "chosen").Detail}";
    }

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql Wait = TenantSql.Of("INSERT INTO RoutingWaits (TenantId, TicketId, RuleId, PinnedId, Since) VALUES (@TenantId, @TicketId, @RuleId, @PinnedId, @Now)");

    private static readonly TenantSql GoOnWaiting = TenantSql.Of("""
        UPDATE RoutingWaits
        SET RuleId = @RuleId, PinnedId = @PinnedId
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
        """);

    private static readonly TenantSql StopWaiting = TenantSql.Of("DELETE FROM RoutingWaits WHERE TenantId = @TenantId AND TicketId = @TicketId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO RoutingDecisions (TenantId, Id, TicketId, At, Cause, Outcome, RuleId, TeamId, AssigneeId, Details)
        VALUES (@TenantId, @Id, @TicketId, @At, @Cause, @Outcome, @RuleId, @TeamId, @AssigneeId, @Details)
        """);
}

/// <summary>The data of <c>ticket.routed</c> and <c>ticket.waits_for_agent</c>.</summary>
public sealed record RoutedTicket
{
    public required Id<Ticket> TicketId { get; init; }
    public required int TicketNumber { get; init; }
    public required string Cause { get; init; }
    public required RoutingOutcome Outcome { get; init; }
    public required Id<RoutingRule>? RuleId { get; init; }
    public required Id<Team>? TeamId { get; init; }
    public required Id<User>? AssigneeId { get; init; }

    /// <summary>In words.</summary>
    public required string Explanation { get; init; }

    internal static RoutedTicket Of(Ticket ticket, RoutingDecision decision) => new()
    {
        TicketId = ticket.Id, TicketNumber = ticket.Number, Cause = decision.Cause, Outcome = decision.Outcome, RuleId = decision.RuleId, TeamId = decision.TeamId, AssigneeId = decision.AssigneeId, Explanation = decision.Details.Explanation,
    };
}
