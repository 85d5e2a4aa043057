using System.Text.Json;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>The customer's name, without regard to case and accents, as lists and the search see it.</summary>
internal sealed class NameField() : SegmentField("name", "text")
{
    private const int LongestText = 100;

    public override IReadOnlyList<string> Operators { get; } = ["contains", "starts_with", "is_set"];

    public override string? WhyNot(string op, JsonElement value)
    {
        if (op == "is_set") return IsFlag(value, out _) ? null : "true or false.";
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text && NameKey.Of(text).Length > 0
            ? null
            : $"Text of at most {LongestText} characters, a letter or digit among them.";
    }

    // A name's key holds letters, digits and spaces only: nothing to escape.
    public override Condition ToCondition(string op, JsonElement value, RuleMoment at) => op switch
    {
        "contains" => Condition.Of("c.NameKey LIKE {0}", $"%{KeyOf(value)}%"),
        "starts_with" => Condition.Of("c.NameKey LIKE {0}", $"{KeyOf(value)}%"),
        _ => value.ValueKind == JsonValueKind.True ? isSet : isSet.Not(),
    };

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts) => op switch
    {
        "contains" => NameKey.Of(facts.Name).Contains(KeyOf(value), StringComparison.Ordinal),
        "starts_with" => NameKey.Of(facts.Name).StartsWith(KeyOf(value), StringComparison.Ordinal),
        _ => facts.Name is not null == (value.ValueKind == JsonValueKind.True),
    };

    public override object? SeenIn(CustomerFacts facts) => facts.Name;

    public override object Example(string op) => op == "is_set" ? true : "ana";

    private static string KeyOf(JsonElement value) => NameKey.Of(value.GetString());

    private static readonly Condition isSet = Condition.Of("c.Name IS NOT NULL");
}
