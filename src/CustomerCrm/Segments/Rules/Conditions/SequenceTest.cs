using System.ComponentModel.DataAnnotations;
using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>
/// That a customer did one thing and then another soon after; or, with <c>is_followed</c> false, one thing and not the other, once the time for it is over: a
/// cart that was filled and left. The span of time is that of the first.
/// </summary>
public sealed record SequenceTest : TimeSpanTest, IRuleTest
{
    public const int MostMinutes = 366 * 24 * 60;

    /// <example>cart_filled</example>
    [StringLength(100, MinimumLength = 1)] public required string First { get; init; }

    /// <example>order_begun</example>
    [StringLength(100, MinimumLength = 1)] public required string Then { get; init; }

    /// <summary>The other thing comes later, but not later than this.</summary>
    [Required, Range(1, MostMinutes)] public int? GapMinutes { get; init; }

    /// <summary>False asks who did not do the other thing, of those whose time for it is over.</summary>
    public bool IsFollowed { get; init; } = true;

    private long GapTicks => TimeSpan.FromMinutes(GapMinutes!.Value).Ticks;

    string IRuleTest.Kind => "sequence";

    bool IRuleTest.Holds(object seen) => seen is SequenceSeen { FirstAt: not null } one && one.ThenAt is not null == IsFollowed;

    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) =>
        EndsAt(at, MomentKind.TrackedEvent).Append(new Boundary(MomentKind.TrackedEvent, IsFollowed ? DateTimeOffset.MinValue : at.Now.AddTicks(-GapTicks)));

    Condition IRuleTest.ToCondition(RuleMoment at)
    {
        var (first, last) = TicksAt(at);
        var (firstKey, thenKey) = (Encoding.UTF8.GetBytes(First), Encoding.UTF8.GetBytes(Then));
        return IsFollowed
            ? Condition.Of("""
                EXISTS (SELECT 1
                        FROM TrackedEvents x
                        JOIN TrackedEvents y ON y.TenantId = x.TenantId AND y.CustomerId = x.CustomerId
                        WHERE x.TenantId = c.TenantId AND x.CustomerId = c.Id AND x.NameKey = {0} AND x.OccurredTicks >= {1} AND x.OccurredTicks <= {2}
                          AND y.NameKey = {3} AND y.OccurredTicks > x.OccurredTicks AND y.OccurredTicks <= x.OccurredTicks + {4})
                """, firstKey, first, last, thenKey, GapTicks)
            : Condition.Of("""
                EXISTS (SELECT 1
                        FROM TrackedEvents x
                        WHERE x.TenantId = c.TenantId AND x.CustomerId = c.Id AND x.NameKey = {0} AND x.OccurredTicks >= {1} AND x.OccurredTicks <= {2}
                          AND NOT EXISTS (SELECT 1
                                          FROM TrackedEvents y
                                          WHERE y.TenantId = x.TenantId AND y.CustomerId = x.CustomerId
                                            AND y.NameKey = {3} AND y.OccurredTicks > x.OccurredTicks AND y.OccurredTicks <= x.OccurredTicks + {4}))
                """, firstKey, first, last, thenKey, GapTicks);
    }

    /// <summary>The latest that makes the test hold; where there is none, the latest of the first at all.</summary>
    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var (first, last) = TicksAt(at);
        var args = new { CustomerId = customerId, FirstKey = Encoding.UTF8.GetBytes(First), ThenKey = Encoding.UTF8.GetBytes(Then), Earliest = first, Latest = last, Gap = GapTicks };
        foreach (var statement in IsFollowed ? new[] { Followed, Unfollowed } : [Unfollowed, Followed])
            if (await db.QueryTopAsync<SequenceSeen>(statement, 1, args, ct) is [var seen]) return seen;
        return new SequenceSeen { FirstAt = null, ThenAt = null };
    }

    // What may still be followed is not left yet.
    private (long First, long Last) TicksAt(RuleMoment at)
    {
        var (first, last) = SpanAt(at);
        var decided = IsFollowed ? last.UtcTicks : Math.Min(last.UtcTicks, at.Now.UtcTicks - GapTicks);
        return (first.UtcTicks, decided);
    }

    private static readonly TenantSql Followed = TenantSql.Of("""
        SELECT x.OccurredAt AS FirstAt, y.OccurredAt AS ThenAt
        FROM TrackedEvents x
        JOIN TrackedEvents y ON y.TenantId = x.TenantId AND y.CustomerId = x.CustomerId
        WHERE x.TenantId = @TenantId
          AND x.CustomerId = @CustomerId
          AND x.NameKey = @FirstKey
          AND x.OccurredTicks >= @Earliest
          AND x.OccurredTicks <= @Latest
          AND y.NameKey = @ThenKey
          AND y.OccurredTicks > x.OccurredTicks
          AND y.OccurredTicks <= x.OccurredTicks + @Gap
        ORDER BY x.OccurredTicks DESC, y.OccurredTicks
        """);

    private static readonly TenantSql Unfollowed = TenantSql.Of("""
        SELECT x.OccurredAt AS FirstAt, CAST(NULL AS DATETIME2(7)) AS ThenAt
        FROM TrackedEvents x
        WHERE x.TenantId = @TenantId
          AND x.CustomerId = @CustomerId
          AND x.NameKey = @FirstKey
          AND x.OccurredTicks >= @Earliest
          AND x.OccurredTicks <= @Latest
          AND NOT EXISTS (SELECT 1
                          FROM TrackedEvents y
                          WHERE y.TenantId = x.TenantId AND y.CustomerId = x.CustomerId
                            AND y.NameKey = @ThenKey AND y.OccurredTicks > x.OccurredTicks AND y.OccurredTicks <= x.OccurredTicks + @Gap)
        ORDER BY x.OccurredTicks DESC
        """);
}

/// <summary>When the first was done, and when the other followed, if it did.</summary>
internal sealed record SequenceSeen
{
    public required DateTimeOffset? FirstAt { get; init; }
    public required DateTimeOffset? ThenAt { get; init; }
}
