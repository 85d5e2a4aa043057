using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.Slas;

/// <summary>
/// Hears of what an SLA reads and no ticket says: that a policy or a calendar has changed, that models were fitted, and that something happened to a customer
/// whose tickets are promised something by what the customer is.
/// </summary>
internal sealed class SlaConsumer(TenantDb db, TicketReading reading, JobQueue jobs) : IEventConsumer
{
    private static readonly string[] followed = ["sla.created", "sla.updated", "sla.deleted", "business_calendar.created", "business_calendar.updated", "business_calendar.deleted", "team.deleted"];

    public string Name => "slas";

    // Many events of one customer in one turn; nobody sees so short a wait.
    public TimeSpan Rest => TimeSpan.FromMilliseconds(20);

    public async ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) =>
        events.Any(e => followed.Contains(e.Type)) || (events.Any(IsOfCustomer) && await IsAnyAskedAsync(ct));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var asked = events.Any(IsOfCustomer) && await IsAnyAskedAsync(ct);
        if (events.Any(e => followed.Contains(e.Type)) || (asked && events.Any(e => e.Type == "insights.fitted")))
        {
            await jobs.EnqueueOnceAsync(new FollowSlas(), "changed", ct);
            return;
        }
        if (!asked) return;
        byte[][] customers = [.. events.Where(e => IsOfCustomer(e) && e.CustomerId is not null).Select(e => new Id<Customers.Customer>(e.CustomerId!.Value)).Distinct().Select(id => id.ToBytes())];
        if (customers.Length == 0) return;
        foreach (var waiting in await db.QueryAsync<Id<Customers.Customer>>(Promised.And(Condition.In("t.CustomerId", customers)).Then("GROUP BY t.CustomerId"), null, ct))
            await jobs.EnqueueOnceAsync(new FollowCustomer(waiting), waiting.ToString(), ct);
    }

    // A ticket's own changes are heard in their own transaction.
    private static bool IsOfCustomer(EventRow e) => e.Type == "insights.fitted" || (e.CustomerId is not null && !e.Type.StartsWith("ticket.", StringComparison.Ordinal) && !e.Type.StartsWith("sla.", StringComparison.Ordinal));

    private async Task<bool> IsAnyAskedAsync(CancellationToken ct) => (await SlaPolicy.AtWorkAsync(db, ct)).Any(policy => reading.AsksOfCustomer(policy.Definition.Condition));

    private static readonly TenantSql Promised = TenantSql.Of("""
        SELECT t.CustomerId
        FROM Tickets t
        JOIN SlaClocks c ON c.TenantId = t.TenantId AND c.TicketId = t.Id
        WHERE t.TenantId = @TenantId
          AND t.Category < 5
          AND c.State < 3
        """);
}
