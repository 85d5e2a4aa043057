using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>A field whose values have an order. Every operator comes down to closed ranges, so one condition serves them all.</summary>
/// <param name="name">As in a rule.</param>
/// <param name="type">What its values are.</param>
/// <param name="between">The customer has a value, and it is between these two or one of them. Never NULL.</param>
/// <param name="seen">The customer's value; null where there is none.</param>
internal sealed class OrderedField<T>(string name, OrderedType<T> type, Func<T, T, Condition> between, Func<CustomerFacts, T?> seen)
    : SegmentField(name, type.Name) where T : struct, IComparable<T>
{
    private static readonly string[] operators = ["eq", "neq", "in", "not_in", "gte", "gt", "lte", "lt", "is_set"];
    private static readonly string[] ofTimes = [.. operators, .. RelativeDays.Operators];

    /// <summary>What happened when the value is a time of something that is looked for by it: all that could have made the value what it is.</summary>
    public IReadOnlyList<MomentKind> Kinds { get; init; } = [];

    public override IReadOnlyList<string> Operators => type.DaysBefore is null ? operators : ofTimes;

    public override bool FollowsDays(string op) => Kinds.Count == 0 && RelativeDays.Counts(op);

    public override IEnumerable<Boundary> BoundariesAt(string op, JsonElement value, RuleMoment at) =>
        from kind in RelativeDays.Counts(op) ? Kinds : []
        from range in RangesOf(op, value, at).Ranges
        from end in new[] { range.Low, range.High }.OfType<DateTimeOffset>()
        select new Boundary(kind, end);

    public override string? WhyNot(string op, JsonElement value) => op switch
    {
        "is_set" => IsFlag(value, out _) ? null : "true or false.",
        "within_days" or "older_than_days" or "in_period" => RelativeDays.WhyNot(op, value),
        "in" or "not_in" => ValuesOf(op, value) is { Count: > 0 } many && many.All(one => type.Read(one) is not null) ? null : $"A list of 1 to {MostValues}, each {type.Saying}",
        _ => type.Read(value) is null ? $"{char.ToUpperInvariant(type.Saying[0])}{type.Saying[1..]}" : null,
    };

    public override Condition ToCondition(string op, JsonElement value, RuleMoment at)
    {
        var (ranges, isNegated) = RangesOf(op, value, at);
        var condition = Condition.Any(ranges.Select(range => between(range.Low, range.High)));
        return isNegated ? condition.Not() : condition;
    }

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts)
    {
        var (ranges, isNegated) = RangesOf(op, value, at);
        var isWithin = seen(facts) is { } one && ranges.Any(range => one.CompareTo(range.Low) >= 0 && one.CompareTo(range.High) <= 0);
        return isWithin != isNegated;
    }

    public override object? SeenIn(CustomerFacts facts) => seen(facts);

    public override object Example(string op) => op switch
    {
        "is_set" => true,
        "within_days" or "older_than_days" or "in_period" => RelativeDays.Example(op),
        "in" or "not_in" => new object[] { type.Example, type.Example },
        _ => type.Example,
    };

    private (IReadOnlyList<(T Low, T High)> Ranges, bool IsNegated) RangesOf(string op, JsonElement value, RuleMoment at)
    {
        switch (op)
        {
            case "is_set":
                return ([(type.Lowest, type.Highest)], value.ValueKind == JsonValueKind.False);
            case "within_days":
                return ([(type.DaysBefore!(at, RelativeDays.DaysOf(value)!.Value), type.DaysBefore(at, 0))], false);
            case "older_than_days":
                return (Below(type.DaysBefore!(at, RelativeDays.DaysOf(value)!.Value)), false);
            case "in_period":
                return ([type.Within!(at, RelativeDays.PeriodOf(value)!.Value)], false);
            case "in" or "not_in" or "eq" or "neq":
                return ([.. ValuesOf(op, value).Select(one => type.Read(one)!.Value).Select(one => (one, one))], op is "neq" or "not_in");
        }
        var than = type.Read(value)!.Value;
        return (op switch
        {
            "gte" => [(than, type.Highest)],
            "gt" => than.CompareTo(type.Highest) == 0 ? [] : [(type.Next(than), type.Highest)],
            "lte" => [(type.Lowest, than)],
            _ => Below(than),
        }, false);
    }

    private IReadOnlyList<(T Low, T High)> Below(T than) => than.CompareTo(type.Lowest) == 0 ? [] : [(type.Lowest, type.Previous(than))];
}
