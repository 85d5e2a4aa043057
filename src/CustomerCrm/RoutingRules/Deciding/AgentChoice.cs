using System.Globalization;
using CustomerCrm.Agents;
using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.RoutingRules.Deciding;

/// <summary>Who is given a ticket, and of everybody else why not. Nobody is given more than they may have.</summary>
internal static class AgentChoice
{
    public static (AgentSeen? Chosen, IReadOnlyList<AgentVerdict> Verdicts) Of(RoutingNeed need, IReadOnlyCollection<AgentSeen> agents)
    {
        var judged = agents.Select(agent => (Agent: agent, Why: WhyNot(need, agent))).ToArray();
        AgentSeen[] able = [.. InTurn(need, judged.Where(j => j.Why is null).Select(j => j.Agent))];
        var chosen = able.FirstOrDefault();
        return (chosen,
        [
            .. able.Select(agent => Verdict(agent, agent == chosen ? "chosen" : "another_first", agent == chosen ? WhyChosen(need, agent) : "Could take it, but another comes first.")),
            .. judged.Where(j => j.Why is not null).OrderBy(j => j.Agent.Name, StringComparer.Ordinal).ThenBy(j => j.Agent.Id.Value).Select(j => Verdict(j.Agent, j.Why!.Value.Code, j.Why.Value.Detail)),
        ]);
    }

    /// <summary>In the order in which somebody would look: null if they can take it.</summary>
    private static (string Code, string Detail)? WhyNot(RoutingNeed need, AgentSeen agent) =>
        !agent.IsInTeam ? ("not_in_team", "Is not in the team that it is for.")
        : !agent.MayAnswer ? ("cannot_answer", "Is an analyst, who answers nobody.")
        : agent.HasRefused ? ("handed_back", "Has handed this ticket back.")
        : agent.Presence != AgentPresence.Online ? (agent.Presence == AgentPresence.Away ? "away" : "offline", "Takes no tickets now.")
        : need.KeepsHours && !agent.IsAtWork ? ("outside_hours", "It is outside their working hours.")
        : need.Skills.Except(agent.Skills, StringComparer.OrdinalIgnoreCase).ToArray() is { Length: > 0 } missing ? ("lacks_skill", $"Lacks {string.Join(", ", missing)}.")
        : agent.Load >= agent.Capacity ? ("at_capacity", Text($"Has {agent.Load} open tickets and may have {agent.Capacity}."))
        : agent.ChannelCapacity is { } most && agent.ChannelLoad >= most ? ("at_channel_capacity", Text($"Has {agent.ChannelLoad} open tickets of the channel and may have {most}."))
        : null;

    private static IEnumerable<AgentSeen> InTurn(RoutingNeed need, IEnumerable<AgentSeen> able)
    {
        var first = able.OrderBy(agent => need.PrefersLastAgent && agent.HadLast ? 0 : 1);
        var ranked = need.Strategy switch
        {
            RoutingStrategy.LeastBusy => first.ThenBy(agent => agent.Load),
            RoutingStrategy.Capacity => first.ThenByDescending(agent => (double)agent.Free / Math.Min(agent.Capacity, agent.ChannelCapacity ?? agent.Capacity)),
            _ => first,
        };
        return ranked.ThenBy(agent => agent.LastAssignedAt ?? DateTimeOffset.MinValue).ThenBy(agent => agent.Id.Value);
    }

    private static string WhyChosen(RoutingNeed need, AgentSeen agent) =>
        need.PrefersLastAgent && agent.HadLast ? "Had the customer's last ticket."
        : need.Strategy switch
        {
            RoutingStrategy.LeastBusy => Text($"Has the fewest open tickets: {agent.Load}."),
            RoutingStrategy.Capacity => Text($"Has the largest share free: {agent.Free} more."),
            _ => agent.LastAssignedAt is null ? "Was never given one." : "Was given none for the longest.",
        };

    private static AgentVerdict Verdict(AgentSeen agent, string code, string detail) => new()
    {
        UserId = agent.Id, Name = agent.Name, Code = code, Detail = detail, Load = agent.Load, Capacity = agent.Capacity, ChannelLoad = agent.ChannelLoad, ChannelCapacity = agent.ChannelCapacity,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What became of one agent, and why.</summary>
public sealed record AgentVerdict
{
    public required Id<User> UserId { get; init; }

    /// <summary>As they were called then.</summary>
    public required string Name { get; init; }

    /// <summary><c>chosen</c>, <c>another_first</c>, <c>not_in_team</c>, <c>cannot_answer</c>, <c>handed_back</c>, <c>away</c>, <c>offline</c>, <c>outside_hours</c>, <c>lacks_skill</c>, <c>at_capacity</c> or <c>at_channel_capacity</c>; may grow.</summary>
    public required string Code { get; init; }

    /// <example>Has 3 open tickets and may have 3.</example>
    public required string Detail { get; init; }

    /// <summary>Open tickets that they had at that moment, this one not among them.</summary>
    public required int Load { get; init; }

    public required int Capacity { get; init; }

    /// <summary>Those of the ticket's channel.</summary>
    public required int ChannelLoad { get; init; }

    /// <summary>Null: no limit of the channel's own.</summary>
    public required int? ChannelCapacity { get; init; }
}
