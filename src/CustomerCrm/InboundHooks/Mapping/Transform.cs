using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Money;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>Something that is done with a value.</summary>
/// <example>{"op":"minor_units","currency":"EUR"}</example>
public sealed record Transform : IValidatableObject
{
    public required TransformOp Op { get; init; }

    /// <summary>Of <c>minor_units</c>: whose. The tenant's own, if neither this nor <c>currency_pointer</c> is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [CurrencyCode] public string? Currency { get; init; }

    /// <summary>Of <c>minor_units</c>: where in the whole payload the currency's ISO 4217 code stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(500), PayloadPointer] public string? CurrencyPointer { get; init; }

    /// <summary>Of <c>day</c> and <c>time</c>: how it is written, as in <c>dd.MM.yyyy HH:mm</c>; or <c>unix_seconds</c>, <c>unix_milliseconds</c>. ISO 8601, if nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(50, MinimumLength = 1)] public string? Format { get; init; }

    /// <summary>Of <c>map</c>: what becomes of which text.</summary>
    /// <example>{"bezahlt":"paid","offen":"pending"}</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MaxLength(200)] public IReadOnlyDictionary<string, JsonElement>? Values { get; init; }

    /// <summary>Of <c>map</c>: for texts that are not there. Without it they are an error.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Otherwise { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Op == TransformOp.Map && Values is null) yield return new BrokenRule("required", "A map says what becomes of which text.", nameof(Values));
        if (Op != TransformOp.Map && (Values ?? (object?)Otherwise) is not null) yield return new BrokenRule("not_allowed", "values and otherwise go with map.", nameof(Values));
        if (Op != TransformOp.MinorUnits && (Currency ?? CurrencyPointer) is not null) yield return new BrokenRule("not_allowed", "A currency goes with minor_units.", nameof(Currency));
        if (Op is not (TransformOp.Day or TransformOp.Time) && Format is not null) yield return new BrokenRule("not_allowed", "A format goes with day and time.", nameof(Format));
    }
}

/// <summary>What can be done with a value.</summary>
public enum TransformOp
{
    Trim,
    Lower,
    Upper,

    /// <summary>A number or truth value as text.</summary>
    Text,

    /// <summary>Text as a number, with a point before its decimals.</summary>
    Number,

    /// <summary>Text as a whole number.</summary>
    Whole,

    /// <summary>true, yes, 1 and on; false, no, 0 and off.</summary>
    Boolean,

    /// <summary>Without its sign.</summary>
    Absolute,

    /// <summary>An amount in units of a currency, 12.50, as its minor units, 1250: exactly, or it is an error.</summary>
    MinorUnits,

    /// <summary>A day, as yyyy-MM-dd.</summary>
    Day,

    /// <summary>A time; without an offset it is where the tenant is.</summary>
    Time,

    /// <summary>Another value for each.</summary>
    Map,
}
