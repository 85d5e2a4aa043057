using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>
/// One question that a rule can ask of a customer. It is asked in two ways that must agree: as a condition on the tables
/// (aliases c, f, s: see <see cref="SegmentTables"/>), and of the values seen of one customer, for the explanation.
/// </summary>
/// <param name="name">As in a rule.</param>
/// <param name="type">What its values are, for people: text, whole number …</param>
internal abstract class SegmentField(string name, string type)
{
    public const int MostValues = 50;

    public string Name => name;
    public string Type => type;

    /// <summary>Changes when the models have been fitted anew, of which no customer's event tells.</summary>
    public bool FollowsFits { get; init; }

    public abstract IReadOnlyList<string> Operators { get; }

    /// <summary>What its values may be, where that is a short list; else null.</summary>
    public virtual IReadOnlyCollection<string>? Choices => null;

    /// <returns>Null: the value is right for the operator. Else what it must be.</returns>
    public abstract string? WhyNot(string op, JsonElement value);

    /// <summary>True or false for every customer, never unknown (SQL's NULL), so that NOT is the complement.</summary>
    public abstract Condition ToCondition(string op, JsonElement value, RuleMoment at);

    /// <summary>The same, of the values seen.</summary>
    public abstract bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts);

    /// <summary>Where the question draws lines in time. Always as many, in the same order.</summary>
    public virtual IEnumerable<Boundary> BoundariesAt(string op, JsonElement value, RuleMoment at) => [];

    /// <summary>A new day can change the answer, and no boundary tells of it.</summary>
    public virtual bool FollowsDays(string op) => false;

    /// <summary>The customer's value, as the explanation shows it.</summary>
    public abstract object? SeenIn(CustomerFacts facts);

    /// <summary>A value that the operator takes: for the guard that tries every statement.</summary>
    public abstract object Example(string op);

    protected static bool IsFlag(JsonElement value, out bool flag)
    {
        flag = value.ValueKind == JsonValueKind.True;
        return flag || value.ValueKind == JsonValueKind.False;
    }

    /// <summary>The value alone, or for <c>in</c> and <c>not_in</c> each of the list.</summary>
    protected static IReadOnlyList<JsonElement> ValuesOf(string op, JsonElement value) => op is "in" or "not_in"
        ? value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= MostValues ? [.. value.EnumerateArray()] : []
        : [value];
}
