using CustomerCrm.Agents;
using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.RoutingRules.Deciding;

/// <summary>Who of those that could take it does. The numbers are stored nowhere.</summary>
public enum RoutingStrategy
{
    /// <summary>Who has been given nothing for the longest.</summary>
    RoundRobin,

    /// <summary>Who has the fewest open tickets.</summary>
    LeastBusy,

    /// <summary>Who has the largest share of their capacity free.</summary>
    Capacity,
}

/// <summary>All that the choice knows of an agent.</summary>
internal sealed record AgentSeen
{
    public required Id<User> Id { get; init; }
    public required string Name { get; init; }
    public required AgentPresence Presence { get; init; }

    /// <summary>Whether their role lets them answer anybody: an analyst's does not.</summary>
    public bool MayAnswer { get; init; } = true;

    /// <summary>By their own calendar; true without one.</summary>
    public required bool IsAtWork { get; init; }

    public required IReadOnlyCollection<string> Skills { get; init; }

    /// <summary>Whether they are in the team that the ticket is for; true where it is for none.</summary>
    public required bool IsInTeam { get; init; }

    /// <summary>Whether they have handed this very ticket back.</summary>
    public required bool HasRefused { get; init; }

    /// <summary>Open tickets of the channel, and how many there may be; null: no limit of the channel's own.</summary>
    public required int ChannelLoad { get; init; }
    public required int? ChannelCapacity { get; init; }

    /// <summary>Open tickets of all channels, and how many there may be.</summary>
    public required int Load { get; init; }
    public required int Capacity { get; init; }

    public required DateTimeOffset? LastAssignedAt { get; init; }

    /// <summary>Whether they had the customer's last ticket.</summary>
    public required bool HadLast { get; init; }

    /// <summary>How many more they may be given of the channel.</summary>
    public int Free => Math.Max(0, Math.Min(Capacity - Load, (ChannelCapacity ?? int.MaxValue) - ChannelLoad));
}

/// <summary>What is asked of whoever takes a ticket.</summary>
internal sealed record RoutingNeed
{
    public IReadOnlyList<string> Skills { get; init; } = [];
    public RoutingStrategy Strategy { get; init; }

    /// <summary>Who had the customer's last ticket goes before all others.</summary>
    public bool PrefersLastAgent { get; init; }

    /// <summary>Nobody outside their working hours.</summary>
    public bool KeepsHours { get; init; } = true;
}
