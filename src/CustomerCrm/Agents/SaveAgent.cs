using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Agents;

/// <summary>PUT and DELETE /agents/{user_id}: that a user takes tickets, which and how many.</summary>
public static class SaveAgent
{
    /// <example>{"capacity":5,"channels":[{"channel":"chat","capacity":2}],"skills":["german","refunds"]}</example>
    public sealed record Request : IValidatableObject
    {
        private const int MostSkills = 50, LongestSkill = 50;

        /// <summary>How many open tickets they may have for being given another.</summary>
        [Range(0, 1000)] public int Capacity { get; init; } = 5;

        [MaxLength(20)] public IReadOnlyList<ChannelCapacity> Channels { get; init; } = [];

        /// <example>["german","refunds"]</example>
        [MaxLength(MostSkills)] public IReadOnlyList<string> Skills { get; init; } = [];

        /// <summary>Their working hours; left out, any time they are online.</summary>
        public Id<BusinessCalendar>? CalendarId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            foreach (var (i, skill) in Skills.Index())
                if (string.IsNullOrWhiteSpace(skill) || skill.Length > LongestSkill) yield return new BrokenRule("value_invalid", $"1 to {LongestSkill} characters.", $"Skills[{i}]");
            foreach (var i in Repeats.In(Channels, capacity => capacity.Channel))
                yield return new BrokenRule("channel_twice", "One capacity for each channel.", $"{nameof(Channels)}[{i}].Channel");
        }
    }

    internal static async Task<Agent> Handle([FromRoute(Name = "user_id")] Id<User> userId, Request request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var user = await User.FindAsync(userId, db, ct);
        if (user.Role == Role.Analyst) throw ApiProblem.Invalid("", "cannot_answer", "An analyst answers nobody. Make them an agent first.");
        var current = await Agent.FindOrNullAsync(userId, db, ct);
        if (current is not null) ifMatch.Check(current.Revision);
        if (request.CalendarId is { } calendar && await db.FindAsync<int?>(HasCalendar, new { CalendarId = calendar }, ct) is null) throw ApiProblem.Invalid("/calendar_id", "unknown_calendar", "There is no such business calendar.");
        var row = new
        {
            UserId = user.Id, request.Capacity, ChannelsText = JsonSerializer.Serialize(request.Channels, StrictJson.Options), CalendarId = request.CalendarId?.ToBytes(), Now = clock.GetUtcNow(),
            SkillsText = JsonSerializer.Serialize(request.Skills.Select(skill => skill.Trim().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal), StrictJson.Options),
        };
        if (await db.ExecuteAsync(Update, row, ct) == 0) await InsertAsync(row, ct);
        var agent = await Agent.FindAsync(userId, db, ct);
        events.Record("agent.changed", agent);
        return agent;

        async Task InsertAsync(object wanted, CancellationToken token)
        {
            try
            {
                await db.ExecuteAsync(Insert, wanted, token);
            }
            catch (DuplicateKeyException) // somebody was faster
            {
                await db.ExecuteAsync(Update, wanted, token);
            }
        }
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "user_id")] Id<User> userId, IfMatch ifMatch, TenantDb db, EventLog events, CancellationToken ct)
    {
        var agent = await Agent.FindAsync(userId, db, ct);
        ifMatch.Check(agent.Revision);
        await db.ExecuteAsync(Delete, new { UserId = userId }, ct);
        events.Record("agent.removed", agent);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql HasCalendar = TenantSql.Of("SELECT 1 FROM BusinessCalendars c WHERE c.TenantId = @TenantId AND c.Id = @CalendarId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Agents (TenantId, UserId, Presence, PresenceAt, Capacity, ChannelsText, SkillsText, CalendarId, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @UserId, 3, @Now, @Capacity, @ChannelsText, @SkillsText, @CalendarId, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Agents
        SET Capacity = @Capacity, ChannelsText = @ChannelsText, SkillsText = @SkillsText, CalendarId = @CalendarId, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND UserId = @UserId
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Agents WHERE TenantId = @TenantId AND UserId = @UserId");
}
