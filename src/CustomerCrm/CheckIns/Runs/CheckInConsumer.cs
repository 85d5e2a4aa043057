using System.Text.Json;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;

namespace CustomerCrm.CheckIns.Runs;

/// <summary>Hears that a ticket was solved or a first order was placed, and writes down whom to ask when. A ticket or an order is asked about once by each check-in.</summary>
internal sealed class CheckInConsumer(TenantDb db, CurrentSettings settings, JobQueue jobs, TimeProvider clock) : IEventConsumer
{
    public string Name => "check_ins";

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        EventRow[] heard = [.. events.Where(e => !e.IsQuiet && e.CustomerId is not null && (e.Type is "ticket.solved" or "order.placed"))];
        if (heard.Length == 0 || await db.QueryAsync<CheckIn>(CheckIn.AtWork, null, ct) is not { Count: > 0 } checkIns) return;
        foreach (var happened in heard)
        {
            var subject = IdOf(happened);
            var after = happened.Type == "ticket.solved" ? CheckInCause.TicketSolved : CheckInCause.FirstOrder;
            if (after == CheckInCause.FirstOrder && !await IsFirstAsync(happened.CustomerId!.Value, subject, ct)) continue;
            foreach (var checkIn in checkIns)
                if (checkIn.Definition is var definition && definition.After == after) await WaitAsync(checkIn, definition.Days, happened, subject, ct);
        }
    }

    private async Task WaitAsync(CheckIn checkIn, int days, EventRow happened, byte[] subject, CancellationToken ct)
    {
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var today = calendar.DayOf(happened.OccurredAt);
        var due = calendar.StartOf(today.AddDays(days)) + (happened.OccurredAt - calendar.StartOf(today));
        var id = Id<CheckInRun>.New();
        if (await db.ExecuteAsync(InsertOnce, new { Id = id, CheckInId = checkIn.Id, CustomerId = happened.CustomerId!.Value.ToByteArray(bigEndian: true), SubjectId = subject, DueAt = due, Now = clock.GetUtcNow() }, ct) == 1)
            await jobs.EnqueueAsync(new AskCustomer(id), new JobTerms { RunAt = due }, ct);
    }

    private async Task<bool> IsFirstAsync(Guid customerId, byte[] orderId, CancellationToken ct) =>
        await db.FindAsync<int>(OtherOrders, new { CustomerId = customerId.ToByteArray(bigEndian: true), OrderId = orderId }, ct) == 0;

    private static byte[] IdOf(EventRow happened)
    {
        using var data = JsonDocument.Parse(happened.Data);
        var text = data.RootElement.GetProperty("id").GetString();
        return Id<Ticket>.TryRead(text, out var ticket) ? ticket.ToBytes() : Id<Order>.Parse(text!).ToBytes();
    }

    // Who is gone by now is not asked.
    private static readonly TenantSql InsertOnce = TenantSql.Of("""
        INSERT INTO CheckInRuns (TenantId, Id, CheckInId, CustomerId, SubjectId, DueAt, State, CreatedAt)
        SELECT c.TenantId, @Id, @CheckInId, c.Id, @SubjectId, @DueAt, 1, @Now
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
          AND NOT EXISTS (SELECT 1 FROM CheckInRuns r WHERE r.TenantId = @TenantId AND r.CheckInId = @CheckInId AND r.SubjectId = @SubjectId)
        """);

    private static readonly TenantSql OtherOrders = TenantSql.Of("""
        SELECT COUNT(*)
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND o.Id <> @OrderId
        """);
}
