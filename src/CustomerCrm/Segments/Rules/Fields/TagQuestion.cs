using System.Text.Json;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>The tags that are on the customer, by their names, whose case does not count. A name may be asked for before there is such a tag.</summary>
internal sealed class TagQuestion() : SegmentField("tag", "text")
{
    private const int LongestName = 50;
    private static readonly Condition any = Condition.Of("""
        EXISTS (SELECT 1 FROM CustomerTags g JOIN Tags t ON t.TenantId = g.TenantId AND t.Id = g.TagId
                WHERE g.TenantId = c.TenantId AND g.CustomerId = c.Id AND t.DeletedAt IS NULL)
        """);

    public override IReadOnlyList<string> Operators { get; } = ["eq", "neq", "in", "not_in", "is_set"];

    public override string? WhyNot(string op, JsonElement value)
    {
        if (op == "is_set") return IsFlag(value, out _) ? null : "true or false.";
        return ValuesOf(op, value) is { Count: > 0 } many && many.All(one => one.ValueKind == JsonValueKind.String && one.GetString() is { Length: > 0 and <= LongestName })
            ? null
            : $"The name of a tag, 1 to {LongestName} characters{(op is "in" or "not_in" ? $"; a list of 1 to {MostValues} of them" : "")}.";
    }

    public override Condition ToCondition(string op, JsonElement value, RuleMoment at)
    {
        var condition = op == "is_set" ? any : Condition.Any(ValuesOf(op, value).Select(name => Condition.Of("""
            EXISTS (SELECT 1 FROM CustomerTags g
                    WHERE g.TenantId = c.TenantId AND g.CustomerId = c.Id
                      AND g.TagId = (SELECT t.Id FROM Tags t WHERE t.TenantId = @TenantId AND t.NameKey = {0} AND t.DeletedAt IS NULL))
            """, FieldKey.Beginning(name.GetString()!))));
        return IsNegated(op, value) ? condition.Not() : condition;
    }

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts)
    {
        var isOn = op == "is_set" ? facts.Tags.Count > 0 : ValuesOf(op, value).Any(name => facts.Tags.Any(tag => FieldKey.Beginning(tag).AsSpan().SequenceEqual(FieldKey.Beginning(name.GetString()!))));
        return isOn != IsNegated(op, value);
    }

    public override object? SeenIn(CustomerFacts facts) => facts.Tags;

    public override object Example(string op) => op switch { "is_set" => true, "in" or "not_in" => new[] { "VIP", "wholesale" }, _ => "VIP" };

    private static bool IsNegated(string op, JsonElement value) => op is "neq" or "not_in" || (op == "is_set" && value.ValueKind == JsonValueKind.False);
}
