using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments.Membership;

/// <summary>Ask every rule about the customers whom an import created, from this row of its file on.</summary>
public sealed record JoinImported(Guid ImportId, int AfterRow = 0);

/// <summary>
/// They come without an event each, so the bus does not ask for them. They join silently: nobody is to be woken by a million new members.
/// Some hundred rows in a transaction, a few seconds at a time.
/// </summary>
internal sealed class JoinImportedJob(TenantDb db, SegmentMembership membership, RuleClock rules, JobQueue jobs, Foreground foreground, TimeProvider clock) : IJob<JoinImported>
{
    private const int AtOnce = 500;
    private static readonly TimeSpan turn = TimeSpan.FromSeconds(5);

    public async Task RunAsync(JoinImported work, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        // Those that others ask about come before them.
        var segments = SegmentOrder.Of([.. (await db.QueryAsync<Segment>(Segment.All, null, ct)).Where(segment => segment.Kind == SegmentKind.Dynamic)]).ToArray();
        if (segments.Length == 0) return;

        for (var after = work.AfterRow; await db.QueryTopAsync<Row>(Created, AtOnce, new { ImportId = work.ImportId.ToByteArray(bigEndian: true), After = after }, ct) is { Count: > 0 } rows; after = rows[^1].Number)
        {
            if (clock.GetElapsedTime(started) > turn)
            {
                await jobs.EnqueueAsync(work with { AfterRow = after }, ct);
                return;
            }
            foreach (var segment in segments)
            {
                await foreground.StandBackAsync(ct);
                await JoinAsync(segment, [.. rows.Select(row => row.CustomerId)], ct);
            }
        }
    }

    private Task JoinAsync(Segment segment, IReadOnlyList<Id<Customer>> customers, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await db.QueryAsync<int>(SegmentSweep.Hold, new { SegmentId = segment.Id }, ct) is not [var revision] || revision != segment.RuleRevision) return; // its own build follows
        var at = await rules.NowAsync(ct);
        var entered = await db.ExecuteAsync(Join.And(Condition.In("c.Id", customers.Select(id => (object?)id.ToBytes()))).And(segment.Rule!.ToCondition(at)), new { SegmentId = segment.Id, Now = at.Now }, ct);
        await membership.ResizeAsync(segment.Id, entered, left: 0, at.Now, ct);
    }, ct);

    private sealed record Row
    {
        public required int Number { get; init; }
        public required Id<Customer> CustomerId { get; init; }
    }

    private static readonly TenantSql Created = TenantSql.Of("""
        SELECT r.Number, c.Id AS CustomerId
        FROM ImportRows r
        JOIN Customers c ON c.TenantId = r.TenantId AND c.Id = r.ResourceId
        WHERE r.TenantId = @TenantId
          AND r.ImportId = @ImportId
          AND r.Phase = 2
          AND r.Outcome = 1
          AND r.Number > @After
        ORDER BY r.Number
        """);

    private static readonly TenantSql Join = TenantSql.Of($"""
        INSERT INTO SegmentMembers (TenantId, SegmentId, CustomerId, JoinedAt)
        SELECT g.TenantId, g.Id, c.Id, @Now
        FROM {SegmentTables.Customers}
        JOIN Segments g ON g.TenantId = c.TenantId
        WHERE c.TenantId = @TenantId
          AND g.Id = @SegmentId
          AND NOT EXISTS (SELECT 1 FROM SegmentMembers m WHERE m.TenantId = g.TenantId AND m.SegmentId = g.Id AND m.CustomerId = c.Id)
        """);
}
