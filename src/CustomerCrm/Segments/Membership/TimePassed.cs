using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments.Membership;

/// <summary>
/// Finds those whom time alone may have moved: of whom something lies between where a line was and where it is. An index over the
/// times of each kind answers it, so it costs what happened in those minutes, not what there is.
/// </summary>
internal sealed class TimePassed(TenantDb db)
{
    public async Task<IReadOnlySet<Id<Customer>>> CrossingAsync(IReadOnlyList<Segment> segments, RuleMoment before, RuleMoment after, CancellationToken ct)
    {
        var crossing = new HashSet<Id<Customer>>();
        foreach (var (kind, from, to) in StretchesOf(segments, before, after))
            crossing.UnionWith(await db.QueryAsync<Id<Customer>>(StatementOf(kind), new { From = from, To = to }, ct));
        return crossing;
    }

    public async Task<bool> IsAnyoneCrossingAsync(IReadOnlyList<Segment> segments, RuleMoment before, RuleMoment after, CancellationToken ct)
    {
        foreach (var (kind, from, to) in StretchesOf(segments, before, after))
            if ((await db.QueryTopAsync<Id<Customer>>(StatementOf(kind).Then("ORDER BY 1"), 1, new { From = from, To = to }, ct)).Count > 0) return true;
        return false;
    }

    internal static IReadOnlyList<(MomentKind Kind, DateTimeOffset From, DateTimeOffset To)> StretchesOf(IEnumerable<Segment> segments, RuleMoment before, RuleMoment after) =>
    [
        .. segments.SelectMany(segment => segment.Rule!.BoundariesAt(before).Zip(segment.Rule.BoundariesAt(after)))
            .Where(line => line.First.At != line.Second.At)
            .Select(line => line.First.At < line.Second.At ? (line.First.Kind, line.First.At, line.Second.At) : (line.First.Kind, line.Second.At, line.First.At))
            .Distinct(),
    ];

    private static TenantSql StatementOf(MomentKind kind) => kind switch
    {
        MomentKind.CustomerCreated => Created,
        MomentKind.Interaction => Talked,
        MomentKind.Order => Ordered,
        MomentKind.ConsentExpiry => Expired,
        MomentKind.Ticket => Asked,
        _ => Tracked,
    };

    private static readonly TenantSql Created = TenantSql.Of("""
        SELECT c.Id
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.CreatedAt >= @From
          AND c.CreatedAt <= @To
        """);

    private static readonly TenantSql Talked = TenantSql.Of("""
        SELECT DISTINCT n.CustomerId
        FROM Interactions n
        WHERE n.TenantId = @TenantId
          AND n.OccurredAt >= @From
          AND n.OccurredAt <= @To
        """);

    private static readonly TenantSql Ordered = TenantSql.Of("""
        SELECT DISTINCT o.CustomerId
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.PlacedAt >= @From
          AND o.PlacedAt <= @To
        """);

    private static readonly TenantSql Expired = TenantSql.Of("""
        SELECT DISTINCT k.CustomerId
        FROM ConsentStates k
        WHERE k.TenantId = @TenantId
          AND k.ExpiresAt >= @From
          AND k.ExpiresAt <= @To
        """);

    private static readonly TenantSql Asked = TenantSql.Of("""
        SELECT DISTINCT t.CustomerId
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.CreatedAt >= @From
          AND t.CreatedAt <= @To
        """);

    private static readonly TenantSql Tracked = TenantSql.Of("""
        SELECT DISTINCT e.CustomerId
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.OccurredAt >= @From
          AND e.OccurredAt <= @To
          AND e.CustomerId IS NOT NULL
        """);
}
