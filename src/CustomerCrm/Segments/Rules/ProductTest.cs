using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Segments.Rules;

/// <summary>How many pieces of some products a customer bought in a span of time, by the lines of the orders that count as purchases. Without a bound: at least one.</summary>
public sealed record ProductTest : TimeSpanTest, IRuleTest
{
    public const int MostProducts = 10;
    private static readonly Bounds atLeastOne = new() { Gte = 1 };

    /// <summary>Of one of these SKUs, compared exactly.</summary>
    /// <example>["TEA-1","TEA-2"]</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostProducts)] public IReadOnlyList<string>? Skus { get; init; }

    /// <summary>Or by one of these names, as they stand on the orders, compared exactly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostProducts)] public IReadOnlyList<string>? Names { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bounds? Quantity { get; init; }

    private Bounds Counted => Quantity ?? atLeastOne;
    private IReadOnlyList<string> Asked => Skus ?? Names!;

    string IRuleTest.Kind => "products";

    bool IRuleTest.Holds(object seen) => Counted.Contains(((ProductsSeen)seen).Quantity);

    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) => EndsAt(at, MomentKind.Order);

    public override IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        foreach (var broken in base.Validate(context)) yield return broken;
        if (Skus is null == Names is null) yield return new BrokenRule("one_needed", "Say either skus or names.", nameof(Skus));
        else if (Asked.Any(text => text.Length is 0 or > 300)) yield return new BrokenRule("value_invalid", "Texts of 1 to 300 characters.", Skus is null ? nameof(Names) : nameof(Skus));
    }

    // The rollup is asked first: most customers bought nothing in the span at all.
    Condition IRuleTest.ToCondition(RuleMoment at)
    {
        var (first, last) = SpanAt(at);
        var mayHave = Condition.Of("(f.FirstOrderAt IS NOT NULL AND f.LastOrderAt IS NOT NULL AND f.LastOrderAt >= {0} AND f.FirstOrderAt <= {1})", first, last);
        object?[] values = [first, last, Counted.Lowest, Counted.Highest, .. Slots()];
        var has = Skus is null
            ? Condition.OfEach("""
                EXISTS (SELECT SUM(CAST(l.Quantity AS BIGINT))
                        FROM Orders o
                        JOIN OrderLines l ON l.TenantId = o.TenantId AND l.OrderId = o.Id
                        WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1}
                          AND CAST(l.Name AS VARBINARY(600)) IN (CAST({4} AS VARBINARY(600)), CAST({5} AS VARBINARY(600)), CAST({6} AS VARBINARY(600)), CAST({7} AS VARBINARY(600)), CAST({8} AS VARBINARY(600)),
                              CAST({9} AS VARBINARY(600)), CAST({10} AS VARBINARY(600)), CAST({11} AS VARBINARY(600)), CAST({12} AS VARBINARY(600)), CAST({13} AS VARBINARY(600)))
                        HAVING COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) >= {2} AND COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) <= {3})
                """, """
                EXISTS (SELECT SUM(l.Quantity)
                        FROM Orders o
                        JOIN OrderLines l ON l.TenantId = o.TenantId AND l.OrderId = o.Id
                        WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1}
                          AND l.Name IN ({4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12}, {13})
                        HAVING COALESCE(SUM(l.Quantity), 0) >= {2} AND COALESCE(SUM(l.Quantity), 0) <= {3})
                """, values)
            : Condition.OfEach("""
                EXISTS (SELECT SUM(CAST(l.Quantity AS BIGINT))
                        FROM Orders o
                        JOIN OrderLines l ON l.TenantId = o.TenantId AND l.OrderId = o.Id
                        WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1}
                          AND CAST(l.Sku AS VARBINARY(200)) IN (CAST({4} AS VARBINARY(600)), CAST({5} AS VARBINARY(600)), CAST({6} AS VARBINARY(600)), CAST({7} AS VARBINARY(600)), CAST({8} AS VARBINARY(600)),
                              CAST({9} AS VARBINARY(600)), CAST({10} AS VARBINARY(600)), CAST({11} AS VARBINARY(600)), CAST({12} AS VARBINARY(600)), CAST({13} AS VARBINARY(600)))
                        HAVING COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) >= {2} AND COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) <= {3})
                """, """
                EXISTS (SELECT SUM(l.Quantity)
                        FROM Orders o
                        JOIN OrderLines l ON l.TenantId = o.TenantId AND l.OrderId = o.Id
                        WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1}
                          AND l.Sku IN ({4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12}, {13})
                        HAVING COALESCE(SUM(l.Quantity), 0) >= {2} AND COALESCE(SUM(l.Quantity), 0) <= {3})
                """, values);
        return Counted.Contains(0) ? Condition.Any([mayHave.Not(), has]) : Condition.All([mayHave, has]);
    }

    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var (first, last) = SpanAt(at);
        var lines = (await db.QueryAsync<Line>(InSpan, new { CustomerId = customerId, First = first, Last = last }, ct))
            .Where(line => Asked.Contains(Skus is null ? line.Name : line.Sku, StringComparer.Ordinal)).ToArray();
        return new ProductsSeen { Quantity = lines.Sum(line => (long)line.Quantity), LastBoughtAt = lines.Length == 0 ? null : lines.Max(line => line.PlacedAt) };
    }

    // Each text has its place; one that is not asked for repeats the first.
    private IEnumerable<object?> Slots() => Enumerable.Range(0, MostProducts).Select(i => Asked[i < Asked.Count ? i : 0]);

    private sealed record Line
    {
        public required string? Sku { get; init; }
        public required string Name { get; init; }
        public required int Quantity { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
    }

    private static readonly TenantSql InSpan = TenantSql.Of("""
        SELECT l.Sku, l.Name, l.Quantity, o.PlacedAt
        FROM Orders o
        JOIN OrderLines l ON l.TenantId = o.TenantId AND l.OrderId = o.Id
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND o.IsCounted = 1
          AND o.PlacedAt >= @First
          AND o.PlacedAt <= @Last
        """);
}

/// <summary>How many pieces were bought in the span, and when last.</summary>
internal sealed record ProductsSeen
{
    public required long Quantity { get; init; }
    public required DateTimeOffset? LastBoughtAt { get; init; }
}
