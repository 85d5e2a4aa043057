using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.AutomationRules.Conditions;

/// <summary>A question to the data of an event, by the place where it stands.</summary>
/// <example>{"pointer":"/total_minor","op":"gte","value":10000}</example>
public sealed record EventDataTest : IValidatableObject
{
    private const int MostValues = 200;

    /// <summary>RFC 6901, in the event's <c>data</c>.</summary>
    [StringLength(500, MinimumLength = 1), PayloadPointer] public required string Pointer { get; init; }

    public required EventDataOp Op { get; init; }

    /// <summary>With what it is compared: a list for <c>in</c> and <c>not_in</c>, true or false for <c>is_set</c>. Times are texts in UTC, as they stand in the data.</summary>
    [Required] public JsonElement? Value { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        var kind = Value!.Value.ValueKind;
        var why = Op switch
        {
            EventDataOp.In or EventDataOp.NotIn => kind != JsonValueKind.Array || Value.Value.GetArrayLength() is 0 or > MostValues ? $"A list of 1 to {MostValues} values." : null,
            EventDataOp.IsSet => kind is JsonValueKind.True or JsonValueKind.False ? null : "true or false.",
            EventDataOp.Contains or EventDataOp.StartsWith => kind == JsonValueKind.String ? null : "A text.",
            EventDataOp.Eq or EventDataOp.Neq => kind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null ? "A text, a number, true or false." : null,
            _ => kind is JsonValueKind.Number or JsonValueKind.String ? null : "A number, or a text.",
        };
        if (why is not null) yield return new BrokenRule("value_invalid", why, nameof(Value));
    }

    /// <summary>Pure.</summary>
    internal (JsonElement? Seen, bool Holds) Ask(JsonElement data)
    {
        var (seen, value) = (PayloadPointer.Find(data, Pointer), Value!.Value);
        return (seen, Op switch
        {
            EventDataOp.IsSet => seen is not null == value.GetBoolean(),
            EventDataOp.Eq => IsSame(seen, value),
            EventDataOp.Neq => !IsSame(seen, value),
            EventDataOp.In => value.EnumerateArray().Any(one => IsSame(seen, one)),
            EventDataOp.NotIn => !value.EnumerateArray().Any(one => IsSame(seen, one)),
            EventDataOp.Contains => seen is { } there && (there.ValueKind == JsonValueKind.Array
                ? there.EnumerateArray().Any(one => IsSame(one, value))
                : there.ValueKind == JsonValueKind.String && there.GetString()!.Contains(value.GetString()!, StringComparison.OrdinalIgnoreCase)),
            EventDataOp.StartsWith => seen is { ValueKind: JsonValueKind.String } text && text.GetString()!.StartsWith(value.GetString()!, StringComparison.OrdinalIgnoreCase),
            EventDataOp.Gt => Compare(seen, value) > 0,
            EventDataOp.Gte => Compare(seen, value) >= 0,
            EventDataOp.Lt => Compare(seen, value) < 0,
            _ => Compare(seen, value) <= 0,
        });
    }

    private static bool IsSame(JsonElement? seen, JsonElement value) => seen is { } there && there.ValueKind == value.ValueKind && there.ValueKind switch
    {
        JsonValueKind.String => there.GetString() == value.GetString(),
        JsonValueKind.Number => Compare(seen, value) == 0,
        JsonValueKind.True or JsonValueKind.False => true,
        _ => false,
    };

    // Null: they cannot be compared, and no order holds.
    private static int? Compare(JsonElement? seen, JsonElement value) => (seen, value) switch
    {
        ({ ValueKind: JsonValueKind.Number } number, { ValueKind: JsonValueKind.Number }) when number.TryGetDecimal(out var one) && value.TryGetDecimal(out var other) => one.CompareTo(other),
        ({ ValueKind: JsonValueKind.String } text, { ValueKind: JsonValueKind.String }) => string.CompareOrdinal(text.GetString(), value.GetString()),
        _ => null,
    };
}

/// <summary>How the data of an event is asked.</summary>
public enum EventDataOp
{
    Eq,
    Neq,
    Gt,
    Gte,
    Lt,
    Lte,
    In,
    NotIn,

    /// <summary>A text has this in it, capitals aside; or a list has it among its values.</summary>
    Contains,

    /// <summary>A text begins so, capitals aside.</summary>
    StartsWith,

    /// <summary>Whether there is anything.</summary>
    IsSet,
}
