using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.RoutingRules;

/// <summary>Writes rules. Tickets that wait are asked anew by a job, which hears of it from the feed.</summary>
internal sealed class RoutingRuleWriter(TenantDb db, TicketReading reading, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: the name is taken. 422, naming every part that asks for something there is not.</exception>
    public async Task<RoutingRule> AddAsync(CreateRoutingRule.Request request, CancellationToken ct)
    {
        await CheckAsync(request.Definition, "/definition", ct);
        var id = Id<RoutingRule>.New();
        await OnceAsync(() => db.ExecuteAsync(Insert, new
        {
            Id = id, request.Name, NameKey = NormalizedName.Of(request.Name), request.Description, request.Position, request.IsEnabled, DefinitionText = Write(request.Definition), Now = clock.GetUtcNow(),
        }, ct));
        var rule = await RoutingRule.FindAsync(id, db, ct);
        events.Record("routing_rule.created", rule);
        return rule;
    }

    /// <exception cref="ApiProblem">409, 422 as above. 412: somebody else changed it since it was read.</exception>
    public async Task<RoutingRule> ChangeAsync(RoutingRule current, ChangeRoutingRule.Request request, CancellationToken ct)
    {
        if (request.Definition is { IsSet: true, Value: { } definition }) await CheckAsync(definition, "/definition", ct);
        var name = request.Name.Or(current.Name)!;
        if (await OnceAsync(() => db.ExecuteAsync(Update, new
        {
            current.Id, Name = name, NameKey = NormalizedName.Of(name), Description = request.Description.Or(current.Description), Position = request.Position.Or(current.Position),
            IsEnabled = request.IsEnabled.Or(current.IsEnabled), DefinitionText = request.Definition.IsSet ? Write(request.Definition.Value!) : current.DefinitionText, current.Revision, Now = clock.GetUtcNow(),
        }, ct)) == 0) throw ApiProblem.PreconditionFailed();
        var changed = await RoutingRule.FindAsync(current.Id, db, ct);
        events.Record("routing_rule.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(RoutingRule rule, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { rule.Id, rule.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("routing_rule.deleted", rule);
    }

    /// <exception cref="ApiProblem">422, naming every part that asks for something there is not.</exception>
    public async Task CheckAsync(RoutingDefinition definition, string pointer, CancellationToken ct)
    {
        await reading.CheckAsync(definition.Condition, $"{pointer}/condition", ct);
        if (definition.TeamId is { } team && await db.FindAsync<int?>(HasTeam, new { TeamId = team }, ct) is null) throw ApiProblem.Invalid($"{pointer}/team_id", "unknown_team", "There is no such team.");
    }

    private static async Task<int> OnceAsync(Func<Task<int>> write)
    {
        try
        {
            return await write();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("routing_rule_exists", "There is a routing rule of this name already.");
        }
    }

    private static string Write(RoutingDefinition definition) => JsonSerializer.Serialize(definition, StrictJson.Options);

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO RoutingRules (TenantId, Id, Name, NameKey, Description, Position, IsEnabled, DefinitionText, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Description, @Position, @IsEnabled, @DefinitionText, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE RoutingRules
        SET Name = @Name, NameKey = @NameKey, Description = @Description, Position = @Position, IsEnabled = @IsEnabled, DefinitionText = @DefinitionText,
            Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM RoutingRules WHERE TenantId = @TenantId AND Id = @Id AND Revision = @Revision");
}
