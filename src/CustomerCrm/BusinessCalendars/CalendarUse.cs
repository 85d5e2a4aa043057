using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.BusinessCalendars;

/// <summary>Who counts by a calendar: policies of service levels that name it, which are few, so that their definitions are read whole; teams and agents whose hours it is.</summary>
internal sealed class CalendarUse(TenantDb db)
{
    public async Task<IReadOnlyList<NamingSla>> PoliciesAsync(Id<BusinessCalendar> calendarId, CancellationToken ct) =>
        [.. (await db.QueryAsync<NamingSla>(Policies, null, ct)).Where(policy => policy.Names(calendarId))];

    public Task<IReadOnlyList<Id<Team>>> TeamsAsync(Id<BusinessCalendar> calendarId, CancellationToken ct) => db.QueryAsync<Id<Team>>(Teams, new { CalendarId = calendarId }, ct);

    public Task<IReadOnlyList<Id<User>>> AgentsAsync(Id<BusinessCalendar> calendarId, CancellationToken ct) => db.QueryAsync<Id<User>>(Agents, new { CalendarId = calendarId }, ct);

    private static readonly TenantSql Teams = TenantSql.Of("SELECT t.TeamId FROM SlaTeamCalendars t WHERE t.TenantId = @TenantId AND t.CalendarId = @CalendarId ORDER BY t.TeamId");

    private static readonly TenantSql Agents = TenantSql.Of("SELECT a.UserId FROM Agents a WHERE a.TenantId = @TenantId AND a.CalendarId = @CalendarId ORDER BY a.UserId");

    private static readonly TenantSql Policies = TenantSql.Of("SELECT p.Id, p.Name, p.DefinitionText FROM SlaPolicies p WHERE p.TenantId = @TenantId ORDER BY p.Position, p.Id");

    internal sealed record NamingSla
    {
        public required Id<NamedSla> Id { get; init; }
        public required string Name { get; init; }
        public required string DefinitionText { get; init; }

        public bool Names(Id<BusinessCalendar> calendarId)
        {
            using var definition = JsonDocument.Parse(DefinitionText);
            return definition.RootElement.TryGetProperty("calendar_id", out var named) && named.ValueKind == JsonValueKind.String && named.GetString() == calendarId.ToString();
        }
    }

    // Policies are known by their table alone: they know calendars, so calendars do not know them.
    internal sealed record NamedSla : IHasId
    {
        public static string Prefix => "sla";
    }
}
