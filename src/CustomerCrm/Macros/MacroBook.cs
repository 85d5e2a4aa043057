using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Teams;

namespace CustomerCrm.Macros;

/// <summary>Reads and writes macros, for those who may use them. What a step names must be there when it is saved.</summary>
internal sealed class MacroBook(TenantDb db, MacroSteps steps, Sharing sharing, EventLog events, TimeProvider clock)
{
    internal const int MostMacros = 1000;

    /// <exception cref="ApiProblem">404: there is none that the caller may use.</exception>
    public async Task<Macro> FindAsync(Id<Macro> macroId, CancellationToken ct) =>
        (await db.QueryAsync<Macro>(Macro.All.And(Condition.Of("x.Id = {0}", macroId)).And(sharing.Visible()), null, ct)).SingleOrDefault() ?? throw ApiProblem.NotFound("macro");

    /// <exception cref="ApiProblem">422: a step names what is not there; or it is not shared rightly.</exception>
    public async Task<Macro> AddAsync(Macro macro, CancellationToken ct)
    {
        await CheckAsync(macro, ct);
        if (await db.FindAsync<int>(Count, null, ct) >= MostMacros) throw ApiProblem.Conflict("too_many_macros", $"There are at most {MostMacros} macros.");
        macro = macro with { OwnerId = sharing.Me };
        await db.ExecuteAsync(Insert, RowOf(macro), ct);
        events.Record("macro.created", macro);
        return macro;
    }

    /// <exception cref="ApiProblem">As <see cref="AddAsync"/>; 412: somebody else changed it since it was read.</exception>
    public async Task<Macro> ChangeAsync(Macro current, Macro wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        await sharing.CheckAsync(current.SharedWith, current.TeamId, ct);
        await CheckAsync(wanted, ct);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("macro.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(Macro current, CancellationToken ct)
    {
        await sharing.CheckAsync(current.SharedWith, current.TeamId, ct);
        await db.ExecuteAsync(Delete, new { current.Id }, ct);
        events.Record("macro.deleted", current);
    }

    private async Task CheckAsync(Macro macro, CancellationToken ct)
    {
        await sharing.CheckAsync(macro.SharedWith, macro.TeamId, ct);
        await steps.CheckAsync(macro.Actions, ct);
    }

    private static object RowOf(Macro m) => new
    {
        m.Id, m.Name, NameKey = NormalizedName.Of(m.Name), m.Description, m.ActionsText, m.Visibility, TeamId = m.TeamId?.ToBytes(), OwnerId = m.OwnerId?.ToBytes(), m.Revision, m.CreatedAt, m.UpdatedAt,
    };

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM Macros WHERE TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Macros (TenantId, Id, Name, NameKey, Description, ActionsText, Visibility, TeamId, OwnerId, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Description, @ActionsText, @Visibility, @TeamId, @OwnerId, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Macros
        SET Name = @Name, NameKey = @NameKey, Description = @Description, ActionsText = @ActionsText, Visibility = @Visibility, TeamId = @TeamId, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Macros WHERE TenantId = @TenantId AND Id = @Id");
}
