using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;

namespace CustomerCrm.Agents;

/// <summary>A user who takes tickets: what they can, how much, and whether they are there.</summary>
public sealed record Agent : IVersioned
{
    public required Id<User> UserId { get; init; }

    /// <example>Ada Lovelace</example>
    public required string Name { get; init; }

    public required AgentPresence Presence { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset PresenceAt { get; init; }

    /// <summary>How many open tickets they may have for being given another.</summary>
    public required int Capacity { get; init; }

    /// <summary>The same of single channels.</summary>
    public IReadOnlyList<ChannelCapacity> Channels
    {
        get => JsonSerializer.Deserialize<ChannelCapacity[]>(ChannelsText, StrictJson.Options)!;
        init => ChannelsText = JsonSerializer.Serialize(value, StrictJson.Options);
    }

    /// <summary>In lower case.</summary>
    /// <example>["german","refunds"]</example>
    public IReadOnlyList<string> Skills
    {
        get => JsonSerializer.Deserialize<string[]>(SkillsText, StrictJson.Options)!;
        init => SkillsText = JsonSerializer.Serialize(value, StrictJson.Options);
    }

    /// <summary>Their working hours; null: any time they are online.</summary>
    public Id<BusinessCalendar>? CalendarId { get; init; }

    /// <summary>Tickets they have that are new or open: what capacity is held against.</summary>
    public required int OpenTickets { get; init; }

    /// <summary>When routing last gave them one.</summary>
    public DateTimeOffset? LastAssignedAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] internal string ChannelsText { get; init; } = "[]";
    [JsonIgnore] internal string SkillsText { get; init; } = "[]";

    /// <exception cref="ApiProblem">404: no such user, or they take no tickets.</exception>
    internal static async Task<Agent> FindAsync(Id<User> userId, TenantDb db, CancellationToken ct) => await FindOrNullAsync(userId, db, ct) ?? throw ApiProblem.NotFound("agent");

    internal static Task<Agent?> FindOrNullAsync(Id<User> userId, TenantDb db, CancellationToken ct) => db.FindAsync<Agent>(ById, new { UserId = userId }, ct);

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT a.UserId, u.Name, a.Presence, a.PresenceAt, a.Capacity, a.ChannelsText, a.SkillsText, a.LastAssignedAt, a.Revision, a.CreatedAt, a.UpdatedAt,
            (SELECT c.Id FROM BusinessCalendars c WHERE c.TenantId = a.TenantId AND c.Id = a.CalendarId) AS CalendarId,
            (SELECT COUNT(*) FROM Tickets t WHERE t.TenantId = a.TenantId AND t.AssigneeId = a.UserId AND t.Category < 3) AS OpenTickets
        FROM Agents a
        JOIN Users u ON u.TenantId = a.TenantId AND u.Id = a.UserId
        WHERE a.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND a.UserId = @UserId");

    internal static readonly ListOf<Agent> List = ListOf<Agent>.From(Matching, "a.UserId", agent => agent.UserId.ToBytes())
        .SortedBy("created_at", "a.CreatedAt", agent => agent.CreatedAt, isDescending: true)
        .FilteredBy("presence", "a.Presence", FilterType.OneOf<AgentPresence>(), Operators.Equal | Operators.In);
}

/// <summary>How many open tickets of a channel.</summary>
/// <param name="Channel">Of the ticket.</param>
/// <param name="Capacity">0: none.</param>
public sealed record ChannelCapacity(InteractionChannel Channel, [property: System.ComponentModel.DataAnnotations.Range(0, 1000)] int Capacity);

/// <summary>Whether an agent takes tickets. The numbers are stored.</summary>
public enum AgentPresence
{
    Online = 1,

    /// <summary>Keeps what they have, and is given nothing.</summary>
    Away = 2,

    Offline = 3,
}
