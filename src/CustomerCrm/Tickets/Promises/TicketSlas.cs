using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Promises;

/// <summary>Reads how the promises of tickets stand, all of a page at once.</summary>
internal static class TicketSlas
{
    public static async Task<IReadOnlyDictionary<Id<Ticket>, TicketSla>> OfAsync(IReadOnlyCollection<Id<Ticket>> tickets, TenantDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (tickets.Count == 0) return new Dictionary<Id<Ticket>, TicketSla>();
        var clocks = await db.QueryAsync<PromisedClock>(Clocks.And(Condition.In("k.TicketId", tickets.Select(id => id.ToBytes()))), null, ct);
        return clocks.GroupBy(clock => clock.TicketId).Select(of => (of.Key, Sla: TicketSla.Of([.. of], now))).Where(of => of.Sla is not null).ToDictionary(of => of.Key, of => of.Sla!);
    }

    public static async Task<TicketSla?> OfAsync(Id<Ticket> ticketId, TenantDb db, DateTimeOffset now, CancellationToken ct) => (await OfAsync([ticketId], db, now, ct)).GetValueOrDefault(ticketId);

    private static readonly TenantSql Clocks = TenantSql.Of("""
        SELECT k.TicketId, k.Promise, k.State, p.Id AS SlaId, p.Name AS SlaName, k.TargetMinutes, k.StartedAt, k.DueAt, k.BreachedAt
        FROM SlaClocks k
        LEFT JOIN SlaPolicies p ON p.TenantId = k.TenantId AND p.Id = k.PolicyId
        WHERE k.TenantId = @TenantId
        """);
}
