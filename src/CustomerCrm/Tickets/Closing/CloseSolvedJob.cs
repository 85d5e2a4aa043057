using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tickets.Settings;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Tickets.Closing;

/// <summary>Closes what has been solved for as long as the tenant has said.</summary>
public sealed record CloseSolved;

internal sealed class CloseSolvedJob(TenantDb db, TicketWriter tickets, TimeProvider clock) : IJob<CloseSolved>
{
    private const int AtOnce = 50;

    // Each leaves the category in which it is looked for, so a second run finds the rest.
    public async Task RunAsync(CloseSolved work, CancellationToken ct)
    {
        var settings = await TicketSettings.ReadAsync(db, ct);
        if (settings.CloseDays == 0) return;
        var before = clock.GetUtcNow().AddDays(-settings.CloseDays);
        await db.ChangeByPieceAsync<Id<Ticket>>(Over, AtOnce, new { Before = before }, id => CloseAsync(id, before, ct), ct);
    }

    private async Task CloseAsync(Id<Ticket> id, DateTimeOffset before, CancellationToken ct)
    {
        var ticket = await Ticket.LockAsync(id, db, ct);
        if (ticket.Category != TicketCategory.Solved || ticket.SolvedAt > before) return; // taken up again meanwhile
        await tickets.ChangeAsync(id, new TicketChange { Category = new(TicketCategory.Closed) }, ct);
    }

    private static readonly TenantSql Over = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Category = 5
          AND t.SolvedAt <= @Before
        ORDER BY t.SolvedAt, t.Id
        """);
}
