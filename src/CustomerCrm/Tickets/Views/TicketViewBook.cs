using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Teams;

namespace CustomerCrm.Tickets.Views;

/// <summary>Reads and writes views. One that the list could not be asked is refused when it is saved.</summary>
internal sealed class TicketViewBook(TenantDb db, Sharing sharing, EventLog events, IServiceProvider services, TimeProvider clock)
{
    internal const int MostViews = 500;

    /// <exception cref="ApiProblem">404: there is none that the caller may use.</exception>
    public async Task<TicketView> FindAsync(Id<TicketView> viewId, CancellationToken ct) =>
        (await db.QueryAsync<TicketView>(TicketView.All.And(Condition.Of("x.Id = {0}", viewId)).And(sharing.Visible()), null, ct)).SingleOrDefault() ?? throw ApiProblem.NotFound("ticket view");

    /// <exception cref="ApiProblem">404: there is none that the caller may use.</exception>
    public async Task<string> QueryOfAsync(string view, CancellationToken ct)
    {
        Id<TicketView>.TryRead(view, out var viewId);
        return (await FindAsync(viewId, ct)).Query;
    }

    public async Task<TicketView> AddAsync(TicketView view, CancellationToken ct)
    {
        await CheckAsync(view, ct);
        if (await db.FindAsync<int>(Count, null, ct) >= MostViews) throw ApiProblem.Conflict("too_many_ticket_views", $"There are at most {MostViews} views.");
        view = view with { OwnerId = sharing.Me };
        await db.ExecuteAsync(Insert, RowOf(view), ct);
        events.Record("ticket_view.created", view);
        return view;
    }

    public async Task<TicketView> ChangeAsync(TicketView current, TicketView wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        await CheckAsync(wanted, ct);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("ticket_view.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(TicketView current, CancellationToken ct)
    {
        await sharing.CheckAsync(current.SharedWith, current.TeamId, ct);
        await db.ExecuteAsync(Delete, new { current.Id }, ct);
        events.Record("ticket_view.deleted", current);
    }

    private async Task CheckAsync(TicketView view, CancellationToken ct)
    {
        await sharing.CheckAsync(view.SharedWith, view.TeamId, ct);
        try
        {
            await ListTickets.List.TryAsync(view.Query, services, db, null, ct);
        }
        catch (ApiProblem problem) when (problem.Status == StatusCodes.Status400BadRequest)
        {
            throw ApiProblem.Invalid("/query", problem.Errors is [var first, ..] ? first.Code : "invalid", problem.Errors is [var one, ..] ? $"{one.Pointer.TrimStart('?')}: {one.Detail}" : problem.Message);
        }
    }

    private static object RowOf(TicketView v) => new
    {
        v.Id, v.Name, NameKey = NormalizedName.Of(v.Name), v.Query, v.Visibility, TeamId = v.TeamId?.ToBytes(), OwnerId = v.OwnerId?.ToBytes(), v.Revision, v.CreatedAt, v.UpdatedAt,
    };

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM TicketViews WHERE TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TicketViews (TenantId, Id, Name, NameKey, Query, Visibility, TeamId, OwnerId, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Query, @Visibility, @TeamId, @OwnerId, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE TicketViews
        SET Name = @Name, NameKey = @NameKey, Query = @Query, Visibility = @Visibility, TeamId = @TeamId, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM TicketViews WHERE TenantId = @TenantId AND Id = @Id");
}
