using CustomerCrm.BusinessCalendars;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Slas.Calendars;

/// <summary>GET, PUT and DELETE /slas/teams/{team_id}/calendar: whose hours the tickets of a team are counted in.</summary>
public static class TeamCalendars
{
    /// <example>{"calendar_id":"cal_01951c2e8f0070008000000000"}</example>
    public sealed record Request
    {
        public required Id<BusinessCalendar> CalendarId { get; init; }
    }

    public sealed record TeamCalendar
    {
        public required Id<Team> TeamId { get; init; }

        /// <summary>Null: the default calendar.</summary>
        public required Id<BusinessCalendar>? CalendarId { get; init; }
    }

    internal static async Task<TeamCalendar> Show([FromRoute(Name = "team_id")] Id<Team> teamId, TenantDb db, CancellationToken ct)
    {
        await Team.FindAsync(teamId, db, ct);
        return new TeamCalendar { TeamId = teamId, CalendarId = await db.FindAsync<Id<BusinessCalendar>?>(OfTeam, new { TeamId = teamId }, ct) };
    }

    internal static async Task<TeamCalendar> Set([FromRoute(Name = "team_id")] Id<Team> teamId, Request request, TenantDb db, JobQueue jobs, TimeProvider clock, CancellationToken ct)
    {
        await Team.FindAsync(teamId, db, ct);
        if (await db.FindAsync<int?>(HasCalendar, new { request.CalendarId }, ct) is null) throw ApiProblem.Invalid("/calendar_id", "unknown_calendar", "There is no such business calendar.");
        var row = new { TeamId = teamId, request.CalendarId, Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, row, ct) == 0) await db.ExecuteAsync(Insert, row, ct);
        await jobs.EnqueueOnceAsync(new FollowSlas(), "team_calendar", ct);
        return new TeamCalendar { TeamId = teamId, CalendarId = request.CalendarId };
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "team_id")] Id<Team> teamId, TenantDb db, JobQueue jobs, CancellationToken ct)
    {
        await Team.FindAsync(teamId, db, ct);
        await db.ExecuteAsync(Delete, new { TeamId = teamId }, ct);
        await jobs.EnqueueOnceAsync(new FollowSlas(), "team_calendar", ct);
        return TypedResults.NoContent();
    }

    // A calendar that is gone is nobody's.
    private static readonly TenantSql OfTeam = TenantSql.Of("""
        SELECT c.Id
        FROM SlaTeamCalendars t
        JOIN BusinessCalendars c ON c.TenantId = t.TenantId AND c.Id = t.CalendarId
        WHERE t.TenantId = @TenantId
          AND t.TeamId = @TeamId
        """);

    private static readonly TenantSql HasCalendar = TenantSql.Of("SELECT 1 FROM BusinessCalendars c WHERE c.TenantId = @TenantId AND c.Id = @CalendarId");

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SlaTeamCalendars
        SET CalendarId = @CalendarId, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND TeamId = @TeamId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("INSERT INTO SlaTeamCalendars (TenantId, TeamId, CalendarId, UpdatedAt) VALUES (@TenantId, @TeamId, @CalendarId, @Now)");

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM SlaTeamCalendars WHERE TenantId = @TenantId AND TeamId = @TeamId");
}
