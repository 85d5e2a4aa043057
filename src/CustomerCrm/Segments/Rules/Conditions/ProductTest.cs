using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Products;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>How many pieces of some products a customer bought in a span of time, by the lines of the orders that count as purchases. Without a bound: at least one.</summary>
public sealed record ProductTest : TimeSpanTest, IRuleTest
{
    public const int MostProducts = 20;
    private static readonly Bounds atLeastOne = new() { Gte = 1 };

    /// <summary>One of these, of the catalogue; lines are tied to it by SKU or external id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostProducts)] public IReadOnlyList<Id<Product>>? ProductIds { get; init; }

    /// <summary>Or of one of these SKUs, as they stand on the orders, compared exactly.</summary>
    /// <example>["TEA-1","TEA-2"]</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostProducts)] public IReadOnlyList<string>? Skus { get; init; }

    /// <summary>Or by one of these names, as they stand on the orders, compared exactly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(MostProducts)] public IReadOnlyList<string>? Names { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bounds? Quantity { get; init; }

    private Bounds Counted => Quantity ?? atLeastOne;

    string IRuleTest.Kind => "products";

    bool IRuleTest.Holds(object seen) => Counted.Contains(((ProductsSeen)seen).Quantity);

    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) => EndsAt(at, MomentKind.Order);

    public override IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        foreach (var broken in base.Validate(context)) yield return broken;
        object?[] ways = [ProductIds, Skus, Names];
        if (ways.Count(way => way is not null) != 1) yield return new BrokenRule("one_needed", "Say one of: product_ids, skus, names.", nameof(ProductIds));
        foreach (var (i, sku) in (Skus ?? []).Index())
            if (sku.Length > 100 || BlankText.Is(sku)) yield return new BrokenRule("value_invalid", "An SKU has 1 to 100 characters.", $"Skus[{i}]");
        foreach (var (i, name) in (Names ?? []).Index())
            if (name.Length > 300 || BlankText.Is(name)) yield return new BrokenRule("value_invalid", "A name has 1 to 300 characters.", $"Names[{i}]");
    }

    // The rollup is asked first: most customers bought nothing in the span at all.
    Condition IRuleTest.ToCondition(RuleMoment at)
    {
        var (first, last) = SpanAt(at);
        var mayHave = Condition.Of("(f.FirstOrderAt IS NOT NULL AND f.LastOrderAt IS NOT NULL AND f.LastOrderAt >= {0} AND f.FirstOrderAt <= {1})", first, last);
        var has = Condition.Of("""
            EXISTS (SELECT COUNT(*)
                    FROM Orders o
                    JOIN OrderLines l ON l.TenantId = o.TenantId AND l.OrderId = o.Id
                    WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.IsCounted = 1 AND o.PlacedAt >= {0} AND o.PlacedAt <= {1} AND {4}
                    HAVING COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) >= {2} AND COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) <= {3})
            """, first, last, Counted.Lowest, Counted.Highest, OfLine());
        return Counted.Contains(0) ? Condition.Any([mayHave.Not(), has]) : Condition.All([mayHave, has]);
    }

    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var (first, last) = SpanAt(at);
        return (await db.FindAsync<ProductsSeen>(InSpan.And(OfLine()), new { CustomerId = customerId, First = first, Last = last }, ct))!;
    }

    private Condition OfLine() => this switch
    {
        { ProductIds: { } ids } => Condition.In("l.ProductId", ids.Select(id => (object?)id)),
        { Skus: { } skus } => Condition.Any(skus.Select(sku => Condition.OfEach(
            "CAST(l.Sku AS VARBINARY(200)) = CAST({0} AS VARBINARY(200))", "l.Sku = {0}", sku))),
        _ => Condition.Any(Names!.Select(name => Condition.OfEach(
            "CAST(l.Name AS VARBINARY(600)) = CAST({0} AS VARBINARY(600))", "l.Name = {0}", name))),
    };

    private static readonly TenantSql InSpan = TenantSql.Of("""
        SELECT COALESCE(SUM(CAST(l.Quantity AS BIGINT)), 0) AS Quantity, MAX(o.PlacedAt) AS LastBoughtAt
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
