using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.Slas;

/// <summary>Writes policies. Clocks that run by them follow in a job, which hears of it from the feed.</summary>
internal sealed class SlaWriter(TenantDb db, TicketReading reading, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: the name is taken. 422, naming every part that asks for something there is not.</exception>
    public async Task<SlaPolicy> AddAsync(CreateSla.Request request, CancellationToken ct)
    {
        await CheckAsync(request.Definition, ct);
        var (id, now) = (Id<SlaPolicy>.New(), clock.GetUtcNow());
        try
        {
            await db.ExecuteAsync(Insert, new { Id = id, request.Name, NameKey = NormalizedName.Of(request.Name), request.Description, request.Position, request.IsEnabled, DefinitionText = Write(request.Definition), Now = now }, ct);
        }
        catch (DuplicateKeyException)
        {
            throw SlaPolicy.Exists();
        }
        var policy = await SlaPolicy.FindAsync(id, db, ct);
        events.Record("sla.created", policy);
        return policy;
    }

    /// <exception cref="ApiProblem">409, 422 as above. 412: somebody else changed it since it was read.</exception>
    public async Task<SlaPolicy> ChangeAsync(SlaPolicy current, ChangeSla.Request request, CancellationToken ct)
    {
        if (request.Definition is { IsSet: true, Value: { } definition }) await CheckAsync(definition, ct);
        var name = request.Name.Or(current.Name)!;
        try
        {
            if (await db.ExecuteAsync(Update, new
            {
                current.Id, Name = name, NameKey = NormalizedName.Of(name), Description = request.Description.Or(current.Description), Position = request.Position.Or(current.Position),
                IsEnabled = request.IsEnabled.Or(current.IsEnabled), DefinitionText = request.Definition.IsSet ? Write(request.Definition.Value!) : current.DefinitionText, current.Revision, Now = clock.GetUtcNow(),
            }, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw SlaPolicy.Exists();
        }
        var changed = await SlaPolicy.FindAsync(current.Id, db, ct);
        events.Record("sla.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(SlaPolicy policy, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { policy.Id, policy.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("sla.deleted", policy);
    }

    private async Task CheckAsync(SlaDefinition definition, CancellationToken ct)
    {
        await reading.CheckAsync(definition.Condition, "/definition/condition", ct);
        var errors = new List<FieldError>();
        if (definition.CalendarId is { } calendar && await db.FindAsync<int?>(HasCalendar, new { CalendarId = calendar }, ct) is null) errors.Add(new("/definition/calendar_id", "unknown_calendar", "There is no such business calendar."));
        foreach (var (i, escalation) in definition.Escalations.Index())
        {
            if (escalation.UserId is { } user && await db.FindAsync<int?>(HasUser, new { UserId = user }, ct) is null) errors.Add(new($"/definition/escalations/{i}/user_id", "unknown_user", "There is no such user."));
            if (escalation.TeamId is { } team && await db.FindAsync<int?>(HasTeam, new { TeamId = team }, ct) is null) errors.Add(new($"/definition/escalations/{i}/team_id", "unknown_team", "There is no such team."));
        }
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    private static string Write(SlaDefinition definition) => JsonSerializer.Serialize(definition, StrictJson.Options);

    private static readonly TenantSql HasCalendar = TenantSql.Of("SELECT 1 FROM BusinessCalendars c WHERE c.TenantId = @TenantId AND c.Id = @CalendarId");

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SlaPolicies (TenantId, Id, Name, NameKey, Description, Position, IsEnabled, DefinitionText, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Description, @Position, @IsEnabled, @DefinitionText, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SlaPolicies
        SET Name = @Name, NameKey = @NameKey, Description = @Description, Position = @Position, IsEnabled = @IsEnabled, DefinitionText = @DefinitionText,
            Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM SlaPolicies
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
