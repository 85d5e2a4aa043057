using System.Globalization;
using System.Text.Json;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>
/// A question about a field of the tenant's own: <c>custom_fields.loyalty_tier</c>. It is read without a look at the field, since the value's
/// JSON alone decides how it is compared; whether there is such a field and the value suits it is asked by <see cref="CustomFieldQuestions"/> when the rule is written.
/// </summary>
internal sealed class CustomFieldQuestion(string name) : SegmentField($"{Prefix}{name}", "of the tenant's own")
{
    public const string Prefix = "custom_fields.";

    private static readonly string[] operators = ["eq", "neq", "in", "not_in", "gte", "gt", "lte", "lt", "starts_with", "is_set", .. RelativeDays.Operators, RelativeDays.Ahead];

    /// <summary>The field's own name.</summary>
    public string FieldName => name;

    public override IReadOnlyList<string> Operators => operators;

    public override string? WhyNot(string op, JsonElement value) => op switch
    {
        "is_set" => IsFlag(value, out _) ? null : "true or false.",
        _ when RelativeDays.Counts(op) => RelativeDays.WhyNot(op, value),
        "starts_with" => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 100 } ? null : "Text of 1 to 100 characters.",
        "in" or "not_in" => ValuesOf(op, value) is { Count: > 0 } many && many.All(IsValue) ? null : $"A list of 1 to {MostValues} values of the field.",
        _ => IsValue(value) ? null : "A value of the field.",
    };

    public override Condition ToCondition(string op, JsonElement value, RuleMoment at) => RangesOf(op, value, at).ToCondition(range => Condition.Of("""
        EXISTS (SELECT 1 FROM CustomerFieldValues w
                WHERE w.TenantId = c.TenantId AND w.CustomerId = c.Id
                  AND w.FieldId = (SELECT d.Id FROM CustomFields d WHERE d.TenantId = @TenantId AND d.Resource = 1 AND d.Name = {0})
                  AND w.ValueKey >= {1} AND w.ValueKey < {2})
        """, name, range.From, range.Before));

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts)
    {
        var ranges = RangesOf(op, value, at);
        var isWithin = facts.CustomFields.Find(name) is { } held && ranges.Any.Any(range => range.Contains(FieldKey.Of(held)));
        return isWithin != ranges.IsNegated;
    }

    public override bool FollowsDays(string op) => RelativeDays.Counts(op);

    public override object? SeenIn(CustomerFacts facts) => facts.CustomFields.Find(name);

    public override object Example(string op) => op switch { _ when RelativeDays.Counts(op) => RelativeDays.Example(op), "is_set" => true, "in" or "not_in" => new object[] { "gold", 5, true }, _ => "gold" };

    private static ValueRanges RangesOf(string op, JsonElement value, RuleMoment at) => op switch
    {
        _ when RelativeDays.Counts(op) => new ValueRanges([Between(RelativeDays.SpanOf(op, value, at))]),
        "is_set" => new ValueRanges([ValueRange.All], IsNegated: value.ValueKind == JsonValueKind.False),
        "starts_with" => new ValueRanges([ValueRange.StartingWith(FieldKey.Beginning(value.GetString()!))]),
        _ => new ValueRanges([.. ValuesOf(op, value).Select(one => FieldOperators.RangeOf(op, FieldKey.Of(one)))], IsNegated: op is "neq" or "not_in"),
    };

    private static ValueRange Between((DateOnly First, DateOnly Last) days) => ValueRange.AtLeast(KeyOf(days.First)) with { Before = ValueRange.AtMost(KeyOf(days.Last)).Before };

    private static byte[] KeyOf(DateOnly day) => FieldKey.Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static bool IsValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 and <= FieldRules.LongestText },
        JsonValueKind.Number => value.TryGetDecimal(out var number) && Math.Abs(number) <= FieldRules.Most,
        _ => IsFlag(value, out _),
    };
}
