using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>How many interactions a customer had in a span of time, of some channels and in one direction. Without a bound: at least one.</summary>
public sealed record InteractionTest : TimeSpanTest, IRuleTest
{
    private static readonly Bounds atLeastOne = new() { Gte = 1 };
    private static readonly InteractionChannel[] everyChannel = Enum.GetValues<InteractionChannel>();

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bounds? Count { get; init; }

    /// <summary>By one of these; by any where none is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(8)] public IReadOnlyList<InteractionChannel>? Channels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InteractionDirection? Direction { get; init; }

    private Bounds Counted => Count ?? atLeastOne;

    string IRuleTest.Kind => "interactions";

    bool IRuleTest.Holds(object seen) => Counted.Contains(((CountSeen)seen).Count);

    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) => EndsAt(at, MomentKind.Interaction);

    Condition IRuleTest.ToCondition(RuleMoment at)
    {
        var (first, last) = SpanAt(at);
        var channels = Channels ?? everyChannel;
        var (inbound, outbound) = (Direction ?? InteractionDirection.Inbound, Direction ?? InteractionDirection.Outbound);
        // Each channel has its place in the text; one that is not asked for repeats the first.
        object ChannelAt(int i) => (int)channels[i < channels.Count ? i : 0];
        return Condition.Of("""
            EXISTS (SELECT COUNT(*)
                    FROM Interactions n
                    WHERE n.TenantId = c.TenantId AND n.CustomerId = c.Id AND n.OccurredAt >= {0} AND n.OccurredAt <= {1}
                      AND n.Direction IN ({2}, {3}) AND n.Channel IN ({4}, {5}, {6}, {7}, {8}, {9}, {10}, {11})
                    HAVING COUNT(*) >= {12} AND COUNT(*) <= {13})
            """, first, last, (int)inbound, (int)outbound, ChannelAt(0), ChannelAt(1), ChannelAt(2), ChannelAt(3), ChannelAt(4), ChannelAt(5),
            ChannelAt(6), ChannelAt(7), Counted.Lowest, Counted.Highest);
    }

    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var (first, last) = SpanAt(at);
        var groups = await db.QueryAsync<Group>(InSpan, new { CustomerId = customerId, First = first, Last = last }, ct);
        return new CountSeen(groups.Where(group => (Channels ?? everyChannel).Contains(group.Channel) && (Direction ?? group.Direction) == group.Direction).Sum(group => group.Count));
    }

    private sealed record Group
    {
        public required InteractionChannel Channel { get; init; }
        public required InteractionDirection Direction { get; init; }
        public required long Count { get; init; }
    }

    private static readonly TenantSql InSpan = TenantSql.Of("""
        SELECT n.Channel, n.Direction, COUNT(*) AS Count
        FROM Interactions n
        WHERE n.TenantId = @TenantId
          AND n.CustomerId = @CustomerId
          AND n.OccurredAt >= @First
          AND n.OccurredAt <= @Last
        GROUP BY n.Channel, n.Direction
        """);
}

/// <summary>How many were seen.</summary>
internal sealed record CountSeen(long Count);
