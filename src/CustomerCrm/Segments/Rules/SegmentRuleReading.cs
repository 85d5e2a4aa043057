using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Rules.Conditions;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.Segments.Rules;

/// <summary>The two readings of a rule: as a condition that finds everyone, and as an account of one customer. A property test holds them equal.</summary>
internal static class SegmentRuleReading
{
    /// <summary>The rule as a piece of a WHERE over <see cref="SegmentTables"/>. Never NULL, so its NOT is everyone else.</summary>
    public static Condition ToCondition(this SegmentRule rule, RuleMoment at) => rule switch
    {
        { All: { } parts } => Condition.All(CheapFirst(parts).Select(part => part.ToCondition(at))),
        { Any: { } parts } => Condition.Any(CheapFirst(parts).Select(part => part.ToCondition(at))),
        { Not: { } part } => part.ToCondition(at).Not(),
        { Test: { } test } => test.ToCondition(at),
        _ => SegmentFields.Find(rule.Field!)!.ToCondition(rule.Op!, rule.Value!.Value, at),
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
            case { Test: { } test }:
                var known = seen.Tests[test];
                return new ExplainedRule { Kind = test.Kind, Test = rule, Seen = known, Result = test.Holds(known) };
            default:
                var field = SegmentFields.Find(rule.Field!)!;
                return new ExplainedRule { Kind = "field", Test = rule, Seen = field.SeenIn(seen.Facts), Result = field.Holds(rule.Op!, rule.Value!.Value, seen.At, seen.Facts) };
        }
    }

    // A test of fields is settled by rows at hand; any other looks things up.
    private static IEnumerable<SegmentRule> CheapFirst(IEnumerable<SegmentRule> parts) =>
        parts.OrderBy(part => part.Everything.Count(rule => rule.Test is not null));
}

/// <summary>All that a rule asks of one customer, as it was at one moment.</summary>
internal sealed record SeenCustomer
{
    public required RuleMoment At { get; init; }
    public required CustomerFacts Facts { get; init; }

    /// <summary>What each test is about; equal tests have seen the same.</summary>
    public Dictionary<IRuleTest, object> Tests { get; init; } = [];
}

/// <summary>A rule with its outcome for one customer.</summary>
/// <example>{"kind":"all","seen":null,"result":true,"parts":[{"kind":"field","test":{"field":"country","op":"in","value":["AT","DE"]},"seen":"AT","result":true,"parts":[]},{"kind":"orders","test":{"orders":{"count":{"gte":3},"within_days":90}},"seen":{"count":4,"spend_minor":23960},"result":true,"parts":[]}]}</example>
public sealed record ExplainedRule
{
    /// <summary>all, any, not, field, orders, interactions, events, sequence, products, consent or segment.</summary>
    public required string Kind { get; init; }

    /// <summary>The test as the segment's rule has it; absent for all, any and not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SegmentRule? Test { get; init; }

    /// <summary>The customer's value: of the field's type, a list of texts, or what the test is about: count and spend, when something was done last, since when they are in the other segment. Null where the customer has none, and for all, any and not.</summary>
    public object? Seen { get; init; }

    /// <summary>Whether it holds.</summary>
    public required bool Result { get; init; }

    /// <summary>The same of each part of all, any and not.</summary>
    public IReadOnlyList<ExplainedRule> Parts { get; init; } = [];
}
