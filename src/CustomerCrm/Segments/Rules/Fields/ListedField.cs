using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>A field whose values are the same or not: a text, one of a few choices, or several texts of which one will do.</summary>
/// <param name="name">As in a rule.</param>
/// <param name="kind">What its values are and how one is read.</param>
/// <param name="equals">The customer has this value. Never NULL.</param>
/// <param name="isSet">The customer has any value. Never NULL.</param>
/// <param name="seen">All values the customer has.</param>
internal sealed class ListedField(string name, ListedKind kind, Func<string, Condition> equals, Condition isSet, Func<CustomerFacts, IEnumerable<string?>> seen)
    : SegmentField(name, kind.Name)
{
    public override IReadOnlyList<string> Operators { get; } = ["eq", "neq", "in", "not_in", "is_set"];

    public override IReadOnlyCollection<string>? Choices => kind.Choices;

    public override string? WhyNot(string op, JsonElement value)
    {
        if (op == "is_set") return IsFlag(value, out _) ? null : "true or false.";
        var values = ValuesOf(op, value);
        if (values.Count > 0 && values.All(one => one.ValueKind == JsonValueKind.String && kind.Read(one.GetString()!) is not null)) return null;
        return op is "in" or "not_in" ? $"A list of 1 to {MostValues}, each of them: {kind.Saying}" : kind.Saying;
    }

    public override Condition ToCondition(string op, JsonElement value, RuleMoment at)
    {
        var condition = op == "is_set" ? isSet : Condition.Any(AskedOf(op, value).Select(equals));
        return IsNegated(op, value) ? condition.Not() : condition;
    }

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts)
    {
        var isFound = op == "is_set" ? HeldBy(facts).Any() : HeldBy(facts).Intersect(AskedOf(op, value)).Any();
        return isFound != IsNegated(op, value);
    }

    public override object? SeenIn(CustomerFacts facts) => kind.IsMany ? HeldBy(facts).ToArray() : HeldBy(facts).FirstOrDefault();

    public override object Example(string op) => op switch { "is_set" => true, "in" or "not_in" => new[] { kind.Example, kind.Example }, _ => kind.Example };

    private IEnumerable<string> HeldBy(CustomerFacts facts) => seen(facts).OfType<string>();

    private IEnumerable<string> AskedOf(string op, JsonElement value) => ValuesOf(op, value).Select(one => kind.Read(one.GetString()!)!).Distinct();

    private static bool IsNegated(string op, JsonElement value) => op is "neq" or "not_in" || (op == "is_set" && value.ValueKind == JsonValueKind.False);
}

/// <summary>What a listed field's values are.</summary>
/// <param name="Name">For people.</param>
/// <param name="Saying">What a value must be.</param>
/// <param name="Example">A value.</param>
/// <param name="Read">The value as it is compared; null for what is no such value.</param>
internal sealed record ListedKind(string Name, string Saying, string Example, Func<string, string?> Read)
{
    /// <summary>A customer may have several.</summary>
    public bool IsMany { get; init; }

    /// <summary>All values there are; null where they are not a short list.</summary>
    public IReadOnlyCollection<string>? Choices { get; init; }

    public static ListedKind Text(int maxLength, string example) => new ListedKind("text", $"Text of 1 to {maxLength} characters, compared exactly.", example,
        text => text.Length is > 0 && text.Length <= maxLength && !text.Any(char.IsControl) ? text : null);

    public static ListedKind Choice(IReadOnlyCollection<string> names) => new ListedKind("choice", $"One of: {string.Join(", ", names)}.", names.First(),
        text => names.Contains(text) ? text : null) { Choices = names };
}
