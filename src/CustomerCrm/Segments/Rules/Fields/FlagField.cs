using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>A field that is true or false of every customer.</summary>
/// <param name="name">As in a rule.</param>
/// <param name="isTrue">Never NULL.</param>
/// <param name="seen">The same, of the values seen.</param>
internal sealed class FlagField(string name, Condition isTrue, Func<CustomerFacts, bool> seen) : SegmentField(name, "true or false")
{
    public override IReadOnlyList<string> Operators { get; } = ["eq"];

    public override string? WhyNot(string op, JsonElement value) => IsFlag(value, out _) ? null : "true or false.";

    public override Condition ToCondition(string op, JsonElement value, RuleMoment at) => value.ValueKind == JsonValueKind.True ? isTrue : isTrue.Not();

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts) => seen(facts) == (value.ValueKind == JsonValueKind.True);

    public override object? SeenIn(CustomerFacts facts) => seen(facts);

    public override object Example(string op) => true;
}
