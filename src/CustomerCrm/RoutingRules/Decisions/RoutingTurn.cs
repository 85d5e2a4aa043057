using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;

namespace CustomerCrm.RoutingRules.Decisions;

/// <summary>Where tickets go that no rule takes.</summary>
public sealed record RoutingSettings : IVersioned
{
    /// <summary>Their queue, whose members may take them; null: they wait in no queue until a rule or a person takes them.</summary>
    public Id<Team>? FallbackTeamId { get; init; }

    public int Revision { get; init; }
}

/// <summary>PATCH /routing_rules/settings</summary>
public static class ChangeRoutingSettings
{
    /// <example>{"fallback_team_id":"tea_01951c2e8f0070008000000000"}</example>
    public sealed record Request
    {
        public Change<Id<Team>?> FallbackTeamId { get; init; }
    }

    internal static async Task<RoutingSettings> Handle(Request request, IfMatch ifMatch, RoutingTurn turn, CancellationToken ct)
    {
        var current = await turn.SettingsAsync(ct);
        ifMatch.Check(current.Revision);
        return request.FallbackTeamId.IsSet ? await turn.ChangeAsync(current, request.FallbackTeamId.Value, ct) : current;
    }
}

/// <summary>
/// One row of the tenant's that whoever decides about agents holds until the commit: so everybody counts what everybody before has given, and no limit is
/// passed. On SQL Server it is the lock of the row, and the statements behind it see what was committed (READ COMMITTED); on SQLite it is the one writer.
/// A ticket is held before it, always in this order.
/// </summary>
internal sealed class RoutingTurn(TenantDb db, EventLog events, TimeProvider clock)
{
    public async Task TakeAsync(CancellationToken ct)
    {
        var row = new { Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Take, row, ct) == 1) return;
        await BeginAsync(row, ct);
        await db.ExecuteAsync(Take, row, ct);
    }

    public async Task<RoutingSettings> SettingsAsync(CancellationToken ct) => await db.FindAsync<RoutingSettings>(Settings, null, ct) ?? new RoutingSettings();

    /// <exception cref="ApiProblem">412: somebody else changed it meanwhile. 422: there is no such team.</exception>
    public async Task<RoutingSettings> ChangeAsync(RoutingSettings current, Id<Team>? fallback, CancellationToken ct)
    {
        if (fallback is { } team && await db.FindAsync<int?>(HasTeam, new { TeamId = team }, ct) is null) throw ApiProblem.Invalid("/fallback_team_id", "unknown_team", "There is no such team.");
        var row = new { FallbackTeamId = fallback?.ToBytes(), current.Revision, Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Change, row, ct) == 0)
        {
            if (current.Revision > 0) throw ApiProblem.PreconditionFailed();
            await BeginAsync(row, ct);
            if (await db.ExecuteAsync(Change, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        var changed = await SettingsAsync(ct);
        events.Record("routing_rule.settings_changed", changed);
        return changed;
    }

    private async Task BeginAsync(object row, CancellationToken ct)
    {
        try
        {
            await db.ExecuteAsync(Begin, row, ct);
        }
        catch (DuplicateKeyException)
        {
            // The tenant's first, and somebody was faster.
        }
    }

    private static readonly TenantSql Take = TenantSql.Of("UPDATE RoutingTurns SET Decisions = Decisions + 1 WHERE TenantId = @TenantId");

    private static readonly TenantSql Begin = TenantSql.Of("INSERT INTO RoutingTurns (TenantId, Decisions, FallbackTeamId, Revision, UpdatedAt) VALUES (@TenantId, 0, NULL, 0, @Now)");

    private static readonly TenantSql Change = TenantSql.Of("""
        UPDATE RoutingTurns
        SET FallbackTeamId = @FallbackTeamId, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Revision = @Revision
        """);

    // A team that is gone is nobody's queue.
    private static readonly TenantSql Settings = TenantSql.Of("""
        SELECT (SELECT m.Id FROM Teams m WHERE m.TenantId = t.TenantId AND m.Id = t.FallbackTeamId) AS FallbackTeamId, t.Revision
        FROM RoutingTurns t
        WHERE t.TenantId = @TenantId
        """);

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");
}
