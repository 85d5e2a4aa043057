using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>How often a customer did something in a span of time, of what is tracked. Without a bound: at least once. <c>"count": {"eq": 0}</c> asks who did not.</summary>
public sealed record EventTest : TimeSpanTest, IRuleTest
{
    private static readonly Bounds atLeastOne = new() { Gte = 1 };

    /// <summary>What was done, as it was tracked.</summary>
    /// <example>product_viewed</example>
    [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bounds? Count { get; init; }

    /// <summary>Only those whose properties are all like this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(5)] public IReadOnlyList<PropertyTest>? Where { get; init; }

    private Condition Wanted => Condition.All((Where ?? []).Select(property => property.ToCondition()));

    private Bounds Counted => Count ?? atLeastOne;

    string IRuleTest.Kind => "events";

    bool IRuleTest.Holds(object seen) => Counted.Contains(((EventsSeen)seen).Count);

    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) => EndsAt(at, MomentKind.TrackedEvent);

    Condition IRuleTest.ToCondition(RuleMoment at)
    {
        var (first, last) = SpanAt(at);
        return Condition.Of("""
            EXISTS (SELECT COUNT(*)
                    FROM TrackedEvents e
                    WHERE e.TenantId = c.TenantId AND e.CustomerId = c.Id AND e.NameKey = {0} AND e.OccurredTicks >= {1} AND e.OccurredTicks <= {2}
                      AND {5}
                    HAVING COUNT(*) >= {3} AND COUNT(*) <= {4})
            """, Encoding.UTF8.GetBytes(Name), first.UtcTicks, last.UtcTicks, Counted.Lowest, Counted.Highest, Wanted);
    }

    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var (first, last) = SpanAt(at);
        return (await db.FindAsync<EventsSeen>(InSpan.And(Wanted), new { CustomerId = customerId, NameKey = Encoding.UTF8.GetBytes(Name), First = first.UtcTicks, Last = last.UtcTicks }, ct))!;
    }

    private static readonly TenantSql InSpan = TenantSql.Of("""
        SELECT COUNT(*) AS Count, MAX(e.OccurredAt) AS LastAt
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.CustomerId = @CustomerId
          AND e.NameKey = @NameKey
          AND e.OccurredTicks >= @First
          AND e.OccurredTicks <= @Last
        """);
}

/// <summary>How often something was done in the span, and when last.</summary>
internal sealed record EventsSeen
{
    public required long Count { get; init; }
    public required DateTimeOffset? LastAt { get; init; }
}
