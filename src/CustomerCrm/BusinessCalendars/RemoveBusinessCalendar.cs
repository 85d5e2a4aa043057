using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.BusinessCalendars;

/// <summary>DELETE /business_calendars/{business_calendar_id}: the default only as the last one.</summary>
internal static class RemoveBusinessCalendar
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "business_calendar_id")] Id<BusinessCalendar> calendarId, IfMatch ifMatch, DefaultCalendar defaults, CalendarUse use, TenantDb db, EventLog events, CancellationToken ct)
    {
        var count = await defaults.CountAsync(ct);
        var current = await BusinessCalendar.FindAsync(calendarId, db, ct);
        ifMatch.Check(current.Revision);
        if (current.IsDefault && count > 1) throw ApiProblem.Conflict("default_business_calendar", "This calendar is the default. Make another the default first.");
        var (policies, teams, agents) = (await use.PoliciesAsync(calendarId, ct), await use.TeamsAsync(calendarId, ct), await use.AgentsAsync(calendarId, ct));
        if (policies.Count + teams.Count + agents.Count > 0)
        {
            var levels = policies.Count == 0 ? "" : $"These service levels count by it: {string.Join(", ", policies.Select(policy => policy.Name))}.";
            var hours = teams.Count + agents.Count == 0 ? "" : $"These are the hours of {teams.Count} teams and {agents.Count} agents.";
            throw ApiProblem.Conflict("business_calendar_in_use", $"{levels} {hours}".Trim(), new Dictionary<string, object?>
            {
                ["sla_ids"] = policies.Select(policy => policy.Id).ToArray(), ["team_ids"] = teams, ["user_ids"] = agents,
            });
        }
        await db.ExecuteAsync(Delete, new { CalendarId = calendarId }, ct);
        events.Record("business_calendar.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM BusinessCalendars
        WHERE TenantId = @TenantId
          AND Id = @CalendarId
        """);
}
