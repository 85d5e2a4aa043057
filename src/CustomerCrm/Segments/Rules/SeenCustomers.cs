using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules;

/// <summary>Looks up all that a rule asks of one customer.</summary>
internal sealed class SeenCustomers(TenantDb db, TimeProvider clock)
{
    /// <returns>Null: there is no such customer.</returns>
    public Task<SeenCustomer?> LookAsync(Id<Customer> customerId, SegmentRule rule, CancellationToken ct) => db.InSnapshotAsync(async () =>
    {
        var now = clock.GetUtcNow();
        if (await db.FindAsync<CustomerFacts>(Facts, new { CustomerId = customerId }, ct) is not { } facts) return null;
        var seen = new SeenCustomer
        {
            Now = now,
            Facts = facts with { Identities = await db.QueryAsync<IdentityFact>(Identities, new { CustomerId = customerId }, ct) },
        };
        foreach (var test in rule.Everything.Select(part => part.Orders).OfType<OrderTest>())
        {
            var (first, last) = test.SpanAt(now);
            seen.Orders[test] = (await db.FindAsync<OrdersSeen>(Orders, new { CustomerId = customerId, First = first, Last = last }, ct))!;
        }
        foreach (var test in rule.Everything.Select(part => part.Interactions).OfType<InteractionTest>())
        {
            var (first, last) = test.SpanAt(now);
            var groups = await db.QueryAsync<InteractionGroup>(Interactions, new { CustomerId = customerId, First = first, Last = last }, ct);
            seen.Interactions[test] = groups.Where(group => test.Counts(group.Channel, group.Direction)).Sum(group => group.Count);
        }
        return seen;
    }, ct);

    private sealed record InteractionGroup
    {
        public required InteractionChannel Channel { get; init; }
        public required InteractionDirection Direction { get; init; }
        public required long Count { get; init; }
    }

    private static readonly TenantSql Facts = TenantSql.Of($"""
        SELECT c.Name, c.Email, c.Company, c.Language, c.TimeZone, c.Country, c.Region, c.City, c.PostalCode, c.BirthDate, c.CreatedAt, c.FirstSeenAt, c.LastSeenAt,
               COALESCE(f.OrderCount, 0) AS OrderCount, COALESCE(f.SpendMinor, 0) AS SpendMinor, f.FirstOrderAt, f.LastOrderAt,
               s.RecencyScore, s.FrequencyScore, s.MonetaryScore, s.RfmGroup, s.RetentionState, s.ProbabilityAlive, s.ExpectedPurchases, s.CltvMinor
        FROM {SegmentTables.Customers}
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    private static readonly TenantSql Identities = TenantSql.Of("""
        SELECT i.Kind, i.Source, MAX(CASE WHEN i.IsVerified = 1 THEN 1 ELSE 0 END) AS IsVerified
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
        GROUP BY i.Kind, i.Source
        ORDER BY i.Kind, i.Source
        """);

    private static readonly TenantSql Orders = TenantSql.Of("""
        SELECT COUNT(*) AS Count, COALESCE(SUM(o.SpendTenantMinor), 0) AS SpendMinor
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND o.IsCounted = 1
          AND o.PlacedAt >= @First
          AND o.PlacedAt <= @Last
        """);

    private static readonly TenantSql Interactions = TenantSql.Of("""
        SELECT n.Channel, n.Direction, COUNT(*) AS Count
        FROM Interactions n
        WHERE n.TenantId = @TenantId
          AND n.CustomerId = @CustomerId
          AND n.OccurredAt >= @First
          AND n.OccurredAt <= @Last
        GROUP BY n.Channel, n.Direction
        """);
}
