using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Rules.Conditions;

namespace CustomerCrm.Segments.Rules;

/// <summary>Looks up all that a rule asks of one customer.</summary>
internal sealed class SeenCustomers(TenantDb db, RuleClock clock)
{
    /// <returns>Null: there is no such customer.</returns>
    public Task<SeenCustomer?> LookAsync(Id<Customer> customerId, SegmentRule rule, CancellationToken ct) => db.InSnapshotAsync(async () =>
    {
        var at = await clock.NowAsync(ct);
        if (await db.FindAsync<CustomerFacts>(Facts, new { CustomerId = customerId }, ct) is not { } facts) return null;
        var seen = new SeenCustomer
        {
            At = at,
            Facts = facts with
            {
                Identities = await db.QueryAsync<IdentityFact>(Identities, new { CustomerId = customerId }, ct),
                Tags = await db.QueryAsync<string>(Tags, new { CustomerId = customerId }, ct),
            },
        };
        foreach (var test in rule.Everything.Select(part => part.Test).OfType<IRuleTest>())
            seen.Tests[test] = await test.LookAsync(db, customerId, at, ct);
        return seen;
    }, ct);

    private static readonly TenantSql Facts = TenantSql.Of($"""
        SELECT c.Name, c.Email, c.Company, c.Language, c.TimeZone, c.Country, c.Region, c.City, c.PostalCode, c.BirthDate, c.CreatedAt, c.FirstSeenAt, c.LastSeenAt,
               COALESCE(f.OrderCount, 0) AS OrderCount, COALESCE(f.SpendMinor, 0) AS SpendMinor, f.FirstOrderAt, f.LastOrderAt,
               (SELECT COUNT(*) FROM Tickets k WHERE k.TenantId = c.TenantId AND k.CustomerId = c.Id AND k.Category < 5) AS OpenTicketCount,
               (SELECT MAX(l.CreatedAt) FROM Tickets l WHERE l.TenantId = c.TenantId AND l.CustomerId = c.Id) AS LastTicketAt,
               s.RecencyScore, s.FrequencyScore, s.MonetaryScore, s.RfmGroup, s.RetentionState, s.ProbabilityAlive, s.ExpectedPurchases, s.CltvMinor,
               (SELECT x.Text FROM CustomerFields x WHERE x.TenantId = c.TenantId AND x.CustomerId = c.Id) AS CustomFieldsText
        FROM {SegmentTables.Customers}
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    // Neither grouped nor ordered: for that SQLite would go through the identities of the whole tenant.
    private static readonly TenantSql Identities = TenantSql.Of("""
        SELECT i.Kind, i.Source, i.IsVerified
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
        """);

    private static readonly TenantSql Tags = TenantSql.Of("""
        SELECT t.Name
        FROM CustomerTags g
        JOIN Tags t ON t.TenantId = g.TenantId AND t.Id = g.TagId
        WHERE g.TenantId = @TenantId
          AND g.CustomerId = @CustomerId
          AND t.DeletedAt IS NULL
        ORDER BY t.NameKey
        """);

}
