using System.Text.Json.Serialization;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Tickets.Links;

/// <summary>What another ticket is to a ticket, and how that one stands.</summary>
public sealed record TicketLink
{
    public required TicketRelation Relation { get; init; }

    /// <summary>The other one.</summary>
    public required Id<Ticket> TicketId { get; init; }

    public required int Number { get; init; }
    public required string Subject { get; init; }
    public required TicketCategory Category { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who linked them, as they were called then.</summary>
    public Actor CreatedBy => new(ActorKind, ActorId, ActorName);

    [JsonIgnore] internal ActorKind ActorKind { get; init; }
    [JsonIgnore] internal string? ActorId { get; init; }
    [JsonIgnore] internal string ActorName { get; init; } = "";
}

/// <summary>What the other ticket is, seen from one of the two.</summary>
public enum TicketRelation
{
    /// <summary>The problem behind this one.</summary>
    Problem = 1,

    /// <summary>One of the incidents of this problem.</summary>
    Incident = 2,

    /// <summary>It has to do with this one.</summary>
    Related = 3,

    /// <summary>It said the same before.</summary>
    Original = 4,

    /// <summary>It says the same again.</summary>
    Duplicate = 5,
}

/// <summary>How links are stored: one row for a pair. The numbers are stored.</summary>
internal enum LinkKind
{
    /// <summary>The other is the problem behind the ticket.</summary>
    ProblemOf = 1,

    /// <summary>The ticket with the smaller id comes first.</summary>
    Relates = 2,

    /// <summary>The ticket says again what the other says.</summary>
    Duplicates = 3,
}
