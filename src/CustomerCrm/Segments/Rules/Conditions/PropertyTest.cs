using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>What a property of a tracked event is like: of the outermost ones, compared exactly and by its type, so that "5" is not 5.</summary>
/// <example>{"property":"price_minor","op":"gte","value":5000}</example>
public sealed record PropertyTest : IValidatableObject
{
    private static readonly string[] operators = ["eq", "gte", "gt", "lte", "lt", "is_set"];

    [StringLength(100, MinimumLength = 1)] public required string Property { get; init; }

    /// <summary><c>eq</c>, of numbers also <c>gte</c>, <c>gt</c>, <c>lte</c>, <c>lt</c>; or <c>is_set</c>.</summary>
    [StringLength(100, MinimumLength = 1)] public required string Op { get; init; }

    /// <summary>A text, a number, true or false; of <c>is_set</c>: true.</summary>
    [Required] public JsonElement? Value { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        var kind = Value!.Value.ValueKind;
        if (!operators.Contains(Op)) yield return new BrokenRule("unknown_op", $"A property can be asked: {string.Join(", ", operators)}.", nameof(Op));
        else if (Op == "is_set" && kind != JsonValueKind.True) yield return new BrokenRule("value_invalid", "true.", nameof(Value));
        else if (Op is "gte" or "gt" or "lte" or "lt" && !IsNumber(Value.Value)) yield return new BrokenRule("value_invalid", "A number.", nameof(Value));
        else if (Op == "eq" && kind is not (JsonValueKind.True or JsonValueKind.False) && !IsText(Value.Value) && !IsNumber(Value.Value))
            yield return new BrokenRule("value_invalid", "A text of at most 1000 characters, a number, true or false.", nameof(Value));
    }

    // A key and a value of the same text may differ in SQL Server's eyes; those of OPENJSON's keys are bytes already.
    internal Condition ToCondition() => (Op, Value!.Value.ValueKind) switch
    {
        ("is_set", _) => Condition.OfEach("EXISTS (SELECT 1 FROM OPENJSON(e.Properties) j WHERE j.[key] = {0} AND j.[type] <> 0)",
            "EXISTS (SELECT 1 FROM JSON_EACH(e.Properties) j WHERE j.key = {0} AND j.type <> 'null')", Property),
        ("eq", JsonValueKind.String) => Condition.OfEach("EXISTS (SELECT 1 FROM OPENJSON(e.Properties) j WHERE j.[key] = {0} AND j.[type] = 1 AND CAST(j.[value] AS VARBINARY(MAX)) = CAST({1} AS VARBINARY(MAX)))",
            "EXISTS (SELECT 1 FROM JSON_EACH(e.Properties) j WHERE j.key = {0} AND j.type = 'text' AND j.value = {1})", Property, Value.Value.GetString()),
        ("eq", JsonValueKind.True or JsonValueKind.False) => Condition.OfEach("EXISTS (SELECT 1 FROM OPENJSON(e.Properties) j WHERE j.[key] = {0} AND j.[type] = 3 AND j.[value] = {1})",
            "EXISTS (SELECT 1 FROM JSON_EACH(e.Properties) j WHERE j.key = {0} AND j.type = {1})", Property, Value.Value.GetRawText()),
        _ => Condition.OfEach("EXISTS (SELECT 1 FROM OPENJSON(e.Properties) j WHERE j.[key] = {0} AND j.[type] = 2 AND TRY_CAST(j.[value] AS FLOAT) >= {1} AND TRY_CAST(j.[value] AS FLOAT) <= {2})",
            "EXISTS (SELECT 1 FROM JSON_EACH(e.Properties) j WHERE j.key = {0} AND j.type IN ('integer', 'real') AND j.value >= {1} AND j.value <= {2})", Property, Lowest, Highest),
    };

    private double Lowest => Op switch { "eq" or "gte" => Number, "gt" => Math.BitIncrement(Number), _ => double.MinValue };

    private double Highest => Op switch { "eq" or "lte" => Number, "lt" => Math.BitDecrement(Number), _ => double.MaxValue };

    private double Number => Value!.Value.GetDouble();

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= 1000;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number);
}
