using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tickets.Moves;

/// <summary>A merge or a split, seen from one of its two tickets: what went where, why, and who did it.</summary>
public sealed record TicketMove : IHasId
{
    public static string Prefix => "tmv";

    public required Id<TicketMove> Id { get; init; }
    public required TicketMoveKind Kind { get; init; }

    /// <summary>The other ticket.</summary>
    public required Id<Ticket> TicketId { get; init; }

    /// <summary>Its number; null where it is gone.</summary>
    public int? Number { get; init; }

    public string? Reason { get; init; }

    /// <summary>How many messages and notes stand in the conversation that went along.</summary>
    public required int EntryCount { get; init; }

    /// <summary>What else followed from it, in words.</summary>
    public IReadOnlyList<string> Effects => JsonSerializer.Deserialize<string[]>(EffectsText, StrictJson.Options)!;

    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>Who did it, as they were called then.</summary>
    public Actor MovedBy => new(ActorKind, ActorId, ActorName);

    [JsonIgnore] internal string EffectsText { get; init; } = "[]";
    [JsonIgnore] internal ActorKind ActorKind { get; init; }
    [JsonIgnore] internal string? ActorId { get; init; }
    [JsonIgnore] internal string ActorName { get; init; } = "";
}

/// <summary>What happened, seen from the ticket that is asked. The first two numbers are stored.</summary>
public enum TicketMoveKind
{
    /// <summary>This ticket went into the other.</summary>
    MergedInto = 1,

    /// <summary>The other was taken out of this one.</summary>
    SplitInto = 2,

    /// <summary>The other went into this one.</summary>
    MergedFrom = 3,

    /// <summary>This one was taken out of the other.</summary>
    SplitFrom = 4,
}
