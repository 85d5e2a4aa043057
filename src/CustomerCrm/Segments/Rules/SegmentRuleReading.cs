using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules;

/// <summary>The two readings of a rule: as a condition that finds everyone, and as an account of one customer. A property test holds them equal.</summary>
internal static class SegmentRuleReading
{
    /// <summary>The rule as a piece of a WHERE over <see cref="SegmentTables"/>. Never NULL, so its NOT is everyone else.</summary>
    public static Condition ToCondition(this SegmentRule rule, DateTimeOffset now) => rule switch
    {
        { All: { } parts } => Condition.All(CheapFirst(parts).Select(part => part.ToCondition(now))),
        { Any: { } parts } => Condition.Any(CheapFirst(parts).Select(part => part.ToCondition(now))),
        { Not: { } part } => part.ToCondition(now).Not(),
        { Orders: { } test } => test.ToCondition(now),
        { Interactions: { } test } => test.ToCondition(now),
        _ => SegmentFields.ByName[rule.Field!].ToCondition(rule.Op!, rule.Value!.Value, now),
    };

    /// <summary>Node by node: what was asked, what was seen, and whether it holds.</summary>
    public static ExplainedRule Evaluate(this SegmentRule rule, SeenCustomer seen)
    {
        switch (rule)
        {
            case { All: { } all }:
                var every = all.Select(part => part.Evaluate(seen)).ToArray();
                return new ExplainedRule { Kind = "all", Result = every.All(part => part.Result), Parts = every };
            case { Any: { } any }:
                var some = any.Select(part => part.Evaluate(seen)).ToArray();
                return new ExplainedRule { Kind = "any", Result = some.Any(part => part.Result), Parts = some };
            case { Not: { } not }:
                var other = not.Evaluate(seen);
                return new ExplainedRule { Kind = "not", Result = !other.Result, Parts = [other] };
            case { Orders: { } orders }:
                var bought = seen.Orders[orders];
                return new ExplainedRule { Kind = "orders", Test = rule, Seen = new { bought.Count, bought.SpendMinor }, Result = orders.Holds(bought) };
            case { Interactions: { } interactions }:
                var count = seen.Interactions[interactions];
                return new ExplainedRule { Kind = "interactions", Test = rule, Seen = new { Count = count }, Result = interactions.Holds(count) };
            default:
                var field = SegmentFields.ByName[rule.Field!];
                return new ExplainedRule { Kind = "field", Test = rule, Seen = field.SeenIn(seen.Facts), Result = field.Holds(rule.Op!, rule.Value!.Value, seen.Now, seen.Facts) };
        }
    }

    // A test of fields is settled by rows at hand; one of orders or interactions looks things up.
    private static IEnumerable<SegmentRule> CheapFirst(IEnumerable<SegmentRule> parts) =>
        parts.OrderBy(part => part.Everything.Count(rule => rule.Orders is not null || rule.Interactions is not null));
}

/// <summary>All that a rule asks of one customer, as it was at one moment.</summary>
internal sealed record SeenCustomer
{
    public required DateTimeOffset Now { get; init; }
    public required CustomerFacts Facts { get; init; }
    public Dictionary<OrderTest, OrdersSeen> Orders { get; init; } = [];
    public Dictionary<InteractionTest, long> Interactions { get; init; } = [];
}

/// <summary>A rule with its outcome for one customer.</summary>
/// <example>{"kind":"all","seen":null,"result":true,"parts":[{"kind":"field","test":{"field":"country","op":"in","value":["AT","DE"]},"seen":"AT","result":true,"parts":[]},{"kind":"orders","test":{"orders":{"count":{"gte":3},"within_days":90}},"seen":{"count":4,"spend_minor":23960},"result":true,"parts":[]}]}</example>
public sealed record ExplainedRule
{
    /// <summary>all, any, not, field, orders or interactions.</summary>
    public required string Kind { get; init; }

    /// <summary>The test as the segment's rule has it; absent for all, any and not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SegmentRule? Test { get; init; }

    /// <summary>The customer's value: of the field's type, a list of texts, or count and spend. Null where the customer has none, and for all, any and not.</summary>
    public object? Seen { get; init; }

    /// <summary>Whether it holds.</summary>
    public required bool Result { get; init; }

    /// <summary>The same of each part of all, any and not.</summary>
    public IReadOnlyList<ExplainedRule> Parts { get; init; } = [];
}
