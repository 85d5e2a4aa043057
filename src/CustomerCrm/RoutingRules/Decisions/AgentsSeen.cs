using System.Text.Json;
using CustomerCrm.Agents;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.RoutingRules.Deciding;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.RoutingRules.Decisions;

/// <summary>Looks up all that the choice of an agent knows: counted now, not kept.</summary>
internal sealed class AgentsSeen(TenantDb db, TimeProvider clock)
{
    private readonly Dictionary<Id<BusinessCalendar>, BusinessHours?> calendars = [];

    /// <param name="ticket">Which is to be given to somebody.</param>
    /// <param name="teamId">Whose members may take it; null: anybody.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<AgentSeen>> ForAsync(Ticket ticket, Id<Team>? teamId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var last = await db.FindAsync<Id<User>?>(LastAgent, new { ticket.CustomerId, TicketId = ticket.Id }, ct);
        var seen = new List<AgentSeen>();
        foreach (var row in await db.QueryAsync<Row>(All, new { TicketId = ticket.Id, TeamId = teamId?.ToBytes(), ticket.Channel }, ct))
            seen.Add(new AgentSeen
            {
                Id = row.UserId, Name = row.Name, Presence = row.Presence, MayAnswer = row.Role <= Role.Agent, IsAtWork = await HoursAsync(row.CalendarId, ct) is not { } hours || hours.IsOpen(now), Skills = JsonSerializer.Deserialize<string[]>(row.SkillsText, StrictJson.Options)!,
                IsInTeam = teamId is null || row.Memberships > 0, HasRefused = row.Refusals > 0, Load = row.Load, Capacity = row.Capacity, ChannelLoad = row.ChannelLoad, ChannelCapacity = OfChannel(row.ChannelsText, ticket.Channel),
                LastAssignedAt = row.LastAssignedAt, HadLast = row.UserId == last,
            });
        return seen;
    }

    /// <summary>When the first of those begins to work who are outside their hours now; null: nobody is.</summary>
    public async Task<DateTimeOffset?> NextAtWorkAsync(IEnumerable<Id<User>> users, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? first = null;
        foreach (var user in users.Take(50))
            if (await HoursAsync(await db.FindAsync<Id<BusinessCalendar>?>(CalendarOf, new { UserId = user }, ct), ct) is { } hours && hours.NextOpen(now) is { } at && (first is null || at < first)) first = at;
        return first;
    }

    /// <summary>Whether anybody at all could take another ticket.</summary>
    public async Task<bool> IsAnyFreeAsync(CancellationToken ct) => await db.FindAsync<int>(Free, null, ct) > 0;

    private async Task<BusinessHours?> HoursAsync(Id<BusinessCalendar>? calendarId, CancellationToken ct)
    {
        if (calendarId is not { } id) return null;
        if (!calendars.TryGetValue(id, out var hours)) calendars[id] = hours = (await BusinessCalendar.FindAsync(id, db, ct)).ToHours();
        return hours;
    }

    private static int? OfChannel(string text, InteractionChannel channel) => JsonSerializer.Deserialize<ChannelCapacity[]>(text, StrictJson.Options)!.FirstOrDefault(c => c.Channel == channel)?.Capacity;

    private sealed record Row
    {
        public required Id<User> UserId { get; init; }
        public required string Name { get; init; }
        public required Role Role { get; init; }
        public required AgentPresence Presence { get; init; }
        public required int Capacity { get; init; }
        public required string ChannelsText { get; init; }
        public required string SkillsText { get; init; }
        public Id<BusinessCalendar>? CalendarId { get; init; }
        public DateTimeOffset? LastAssignedAt { get; init; }
        public required int Memberships { get; init; }
        public required int Refusals { get; init; }
        public required int Load { get; init; }
        public required int ChannelLoad { get; init; }
    }

    private static readonly TenantSql All = TenantSql.Of("""
        SELECT a.UserId, u.Name, u.Role, a.Presence, a.Capacity, a.ChannelsText, a.SkillsText, c.Id AS CalendarId, a.LastAssignedAt,
            (SELECT COUNT(*) FROM TeamMembers m WHERE m.TenantId = a.TenantId AND m.TeamId = @TeamId AND m.UserId = a.UserId) AS Memberships,
            (SELECT COUNT(*) FROM RoutingRefusals r WHERE r.TenantId = a.TenantId AND r.TicketId = @TicketId AND r.UserId = a.UserId) AS Refusals,
            (SELECT COUNT(*) FROM Tickets t WHERE t.TenantId = a.TenantId AND t.AssigneeId = a.UserId AND t.Category < 3 AND t.Id <> @TicketId) AS Load,
            (SELECT COUNT(*) FROM Tickets k WHERE k.TenantId = a.TenantId AND k.AssigneeId = a.UserId AND k.Category < 3 AND k.Channel = @Channel AND k.Id <> @TicketId) AS ChannelLoad
        FROM Agents a
        JOIN Users u ON u.TenantId = a.TenantId AND u.Id = a.UserId
        LEFT JOIN BusinessCalendars c ON c.TenantId = a.TenantId AND c.Id = a.CalendarId
        WHERE a.TenantId = @TenantId
        ORDER BY a.UserId
        """);

    private static readonly TenantSql LastAgent = TenantSql.Of("""
        SELECT t.AssigneeId
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Number = (SELECT MAX(o.Number) FROM Tickets o WHERE o.TenantId = @TenantId AND o.CustomerId = @CustomerId AND o.AssigneeId IS NOT NULL AND o.Id <> @TicketId)
        """);

    private static readonly TenantSql CalendarOf = TenantSql.Of("""
        SELECT c.Id
        FROM Agents a
        JOIN BusinessCalendars c ON c.TenantId = a.TenantId AND c.Id = a.CalendarId
        WHERE a.TenantId = @TenantId
          AND a.UserId = @UserId
        """);

    private static readonly TenantSql Free = TenantSql.Of("""
        SELECT COUNT(*)
        FROM Agents a
        JOIN Users u ON u.TenantId = a.TenantId AND u.Id = a.UserId
        WHERE a.TenantId = @TenantId
          AND u.Role < 4
          AND a.Presence = 1
          AND a.Capacity > (SELECT COUNT(*) FROM Tickets t WHERE t.TenantId = a.TenantId AND t.AssigneeId = a.UserId AND t.Category < 3)
        """);
}
