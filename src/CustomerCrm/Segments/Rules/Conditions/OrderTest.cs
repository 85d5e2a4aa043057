using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>
/// The customer's orders in a span of time: how many, and what was spent on them. Only orders that count as purchases: not
/// cancelled, not failed. With neither bound: at least one order.
/// </summary>
public sealed record OrderTest : TimeSpanTest, IRuleTest
{
    private static readonly Bounds any = new(), atLeastOne = new() { Gte = 1 };

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bounds? Count { get; init; }

    /// <summary>In the tenant's currency; orders in another one without a stated rate count, but add no spend.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bounds? SpendMinor { get; init; }

    private Bounds Counted => Count ?? (SpendMinor is null ? atLeastOne : any);
    private Bounds Spent => SpendMinor ?? any;

    string IRuleTest.Kind => "orders";

    bool IRuleTest.Holds(object seen) => Holds((OrdersSeen)seen);

    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) => EndsAt(at, MomentKind.Order);

    private bool Holds(OrdersSeen seen) => Counted.Contains(seen.Count) && Spent.Contains(seen.SpendMinor);

    // The rollup is asked first: it answers for whoever has no orders in the span, or all of them, or too few in all. Only the rest
    // have their orders looked up.
    Condition IRuleTest.ToCondition(RuleMoment at)
    {
        var (first, last) = SpanAt(at);
        var mayHave = Condition.Of("""
            (f.FirstOrderAt IS NOT NULL AND f.LastOrderAt IS NOT NULL AND f.LastOrderAt >= {0} AND f.FirstOrderAt <= {1} AND f.OrderCount >= {2})
            """, first, last, Math.Max(1, Counted.Lowest));
        // Sums cost as much as the count, and most rules ask for none.
        var has = SpendMinor is null
            ? Condition.Of("""
                EXISTS (SELECT COUNT(*)
                        FROM Orders o
                        WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1}
                        HAVING COUNT(*) >= {2} AND COUNT(*) <= {3})
                """, first, last, Counted.Lowest, Counted.Highest)
            : Condition.Of("""
                EXISTS (SELECT COUNT(*)
                        FROM Orders o
                        WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1}
                        HAVING COUNT(*) >= {2} AND COUNT(*) <= {3} AND COALESCE(SUM(o.SpendTenantMinor), 0) >= {4} AND COALESCE(SUM(o.SpendTenantMinor), 0) <= {5})
                """, first, last, Counted.Lowest, Counted.Highest, Spent.Lowest, Spent.Highest);
        var allLieWithin = Condition.Of("(f.FirstOrderAt >= {0} AND f.LastOrderAt <= {1})", first, last);
        var allTogetherHold = Condition.Of("""
            (f.OrderCount >= {0} AND f.OrderCount <= {1} AND f.SpendMinor >= {2} AND f.SpendMinor <= {3})
            """, Counted.Lowest, Counted.Highest, Spent.Lowest, Spent.Highest);
        var holds = Condition.Any([Condition.All([allLieWithin, allTogetherHold]), Condition.All([allLieWithin.Not(), has])]);
        if (!Holds(OrdersSeen.None)) return Condition.All([mayHave, holds]);
        return SpendMinor is null
            ? Condition.Any([mayHave.Not(), Condition.Of("f.OrderCount <= {0}", Counted.Highest), holds])
            : Condition.Any([mayHave.Not(), holds]);
    }

    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var (first, last) = SpanAt(at);
        return (await db.FindAsync<OrdersSeen>(InSpan, new { CustomerId = customerId, First = first, Last = last }, ct))!;
    }

    private static readonly TenantSql InSpan = TenantSql.Of("""
        SELECT COUNT(*) AS Count, COALESCE(SUM(o.SpendTenantMinor), 0) AS SpendMinor
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND o.IsCounted = 1
          AND o.PlacedAt >= @First
          AND o.PlacedAt <= @Last
        """);
}

/// <summary>What was seen of a customer's orders.</summary>
internal sealed record OrdersSeen
{
    public required long Count { get; init; }
    public required long SpendMinor { get; init; }

    public static readonly OrdersSeen None = new() { Count = 0, SpendMinor = 0 };
}
