using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments.Membership;

/// <summary>
/// Goes through all customers in the order of their ids and makes a segment's members those for whom its rule holds: a stretch
/// at a time, each in a transaction of its own, so that other writers wait for a few hundredths of a second at most. Doing it again does no harm.
/// </summary>
internal sealed class SegmentSweep(TenantDb db, SegmentMembership membership, RuleClock clock)
{
    private const int Stretch = 2000;

    /// <summary>For a new rule: no events, since everyone would be news.</summary>
    /// <returns>False: the rule is no longer this one; its own build follows.</returns>
    public Task<bool> BuildAsync(Segment segment, CancellationToken ct) => GoAsync(segment, async args =>
    {
        var at = await clock.NowAsync(ct);
        var rule = segment.Rule!.ToCondition(at);
        var leaving = await db.QueryAsync<Id<Customer>>(Leaving.And(rule.Not()), args, ct);
        foreach (var customerId in leaving) await db.ExecuteAsync(Take, new { args.SegmentId, CustomerId = customerId }, ct);
        var entered = await db.ExecuteAsync(Join.And(rule), args with { Now = at.Now }, ct);
        await membership.ResizeAsync(segment.Id, entered, leaving.Count, at.Now, ct);
    }, isNeeded: _ => Task.FromResult(true), ct);

    /// <summary>For a rule whose members are known: what the bus could not notice, because only time has passed or figures were made anew.</summary>
    /// <returns>False: the rule is no longer this one.</returns>
    public Task<bool> CheckAsync(Segment segment, CancellationToken ct) => GoAsync(segment, async args =>
    {
        var at = await clock.NowAsync(ct);
        var (entering, leaving) = await DifferenceAsync(segment, args, at, ct);
        await membership.MoveAsync(segment, entering, leaving, at.Now, _ => MoveReason.None, ct);
    }, isNeeded: async args => await DifferenceAsync(segment, args, await clock.NowAsync(ct), ct) is not ({ Count: 0 }, { Count: 0 }), ct);

    private async Task<bool> GoAsync(Segment segment, Func<Args, Task> work, Func<Args, Task<bool>> isNeeded, CancellationToken ct)
    {
        for (var after = CustomerStretch.Before; after != CustomerStretch.Last;)
        {
            ct.ThrowIfCancellationRequested();
            var through = await CustomerStretch.EndAsync(db, after, Stretch, ct);
            var args = new Args { SegmentId = segment.Id, After = after, Through = through, Now = (await clock.NowAsync(ct)).Now };
            var isCurrent = true;
            if (await isNeeded(args))
                await db.InTransactionAsync(async () =>
                {
                    isCurrent = await db.QueryAsync<int>(Hold, new { SegmentId = segment.Id }, ct) is [var revision] && revision == segment.RuleRevision;
                    if (isCurrent) await work(args);
                }, ct);
            if (!isCurrent) return false;
            after = through;
        }
        return true;
    }

    private async Task<(IReadOnlyList<Id<Customer>> Entering, IReadOnlyList<Id<Customer>> Leaving)> DifferenceAsync(
        Segment segment, Args args, RuleMoment at, CancellationToken ct)
    {
        var rule = segment.Rule!.ToCondition(at);
        return (await db.QueryAsync<Id<Customer>>(Entering.And(rule), args, ct), await db.QueryAsync<Id<Customer>>(Leaving.And(rule.Not()), args, ct));
    }

    private sealed record Args
    {
        public required Id<Segment> SegmentId { get; init; }
        public required Id<Customer> After { get; init; }
        public required Id<Customer> Through { get; init; }
        public required DateTimeOffset Now { get; init; }
    }

    // Held to the end on SQL Server; see SegmentMembership.
    internal static readonly TenantSql Hold = TenantSql.Of(
        sqlServer: """
            SELECT g.RuleRevision
            FROM Segments g WITH (UPDLOCK, ROWLOCK)
            WHERE g.TenantId = @TenantId
              AND g.Id = @SegmentId
              AND g.DeletedAt IS NULL
            """,
        sqlite: """
            SELECT g.RuleRevision
            FROM Segments g
            WHERE g.TenantId = @TenantId
              AND g.Id = @SegmentId
              AND g.DeletedAt IS NULL
            """);

    internal static readonly TenantSql Entering = TenantSql.Of($"""
        SELECT c.Id
        FROM {SegmentTables.Customers}
        WHERE c.TenantId = @TenantId
          AND c.Id > @After
          AND c.Id <= @Through
          AND NOT EXISTS (SELECT 1 FROM SegmentMembers m WHERE m.TenantId = c.TenantId AND m.SegmentId = @SegmentId AND m.CustomerId = c.Id)
        """);

    internal static readonly TenantSql Leaving = TenantSql.Of("""
        SELECT c.Id
        FROM SegmentMembers m
        JOIN Customers c ON c.TenantId = m.TenantId AND c.Id = m.CustomerId
        LEFT JOIN CustomerFigures f ON f.TenantId = c.TenantId AND f.CustomerId = c.Id
        LEFT JOIN CustomerScores s ON s.TenantId = c.TenantId AND s.CustomerId = c.Id
        WHERE m.TenantId = @TenantId
          AND m.SegmentId = @SegmentId
          AND m.CustomerId > @After
          AND m.CustomerId <= @Through
        """);

    internal static readonly TenantSql Join = TenantSql.Of($"""
        INSERT INTO SegmentMembers (TenantId, SegmentId, CustomerId, JoinedAt)
        SELECT g.TenantId, g.Id, c.Id, @Now
        FROM {SegmentTables.Customers}
        JOIN Segments g ON g.TenantId = c.TenantId
        WHERE c.TenantId = @TenantId
          AND g.Id = @SegmentId
          AND c.Id > @After
          AND c.Id <= @Through
          AND NOT EXISTS (SELECT 1 FROM SegmentMembers m WHERE m.TenantId = g.TenantId AND m.SegmentId = g.Id AND m.CustomerId = c.Id)
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        DELETE FROM SegmentMembers
        WHERE TenantId = @TenantId
          AND SegmentId = @SegmentId
          AND CustomerId = @CustomerId
        """);
}
