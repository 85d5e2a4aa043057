using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>
/// One member of what is written and where its value comes from: exactly one of <c>pointer</c>, <c>const</c>, <c>header</c>,
/// <c>first_of</c>, <c>join</c> and <c>each</c>. What is missing, null or blank takes the default; without one the member is left out.
/// </summary>
/// <example>{"to":"/customer/email","pointer":"/buyer/mail","transforms":[{"op":"trim"},{"op":"lower"}]}</example>
public sealed record FieldMapping : IValidatableObject
{
    /// <summary>Where it goes, in the body that the API takes: <c>/customer/email</c>, <c>/external_ids/0/id</c>.</summary>
    [StringLength(500, MinimumLength = 2), PayloadPointer] public required string To { get; init; }

    /// <summary>Where it stands in the payload, or in the element of a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(500), PayloadPointer] public string? Pointer { get; init; }

    /// <summary>Always this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Const { get; init; }

    /// <summary>The value of a header.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(100, MinimumLength = 1)] public string? Header { get; init; }

    /// <summary>The first of these places that has something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(10), PayloadPointer] public IReadOnlyList<string>? FirstOf { get; init; }

    /// <summary>Several places, one behind the other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JoinedValues? Join { get; init; }

    /// <summary>A list: its elements, each mapped by fields of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EachElement? Each { get; init; }

    /// <summary>Looks in the whole payload, where it would look in the element.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsFromRoot { get; init; }

    /// <summary>What is done with the value, in this order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MaxLength(10)] public IReadOnlyList<Transform>? Transforms { get; init; }

    /// <summary>Where there is no value. It is not transformed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Default { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        object?[] sources = [Pointer, Const, Header, FirstOf, Join, Each];
        if (sources.Count(source => source is not null) != 1)
            yield return new BrokenRule("one_needed", "A value comes from exactly one of: pointer, const, header, first_of, join, each.");
    }

    /// <summary>Several places as one text; those without a value are left out.</summary>
    public sealed record JoinedValues
    {
        [MinLength(1), MaxLength(10), PayloadPointer] public required IReadOnlyList<string> Pointers { get; init; }

        /// <summary>What stands between them; a space, if nothing is said.</summary>
        [StringLength(10)] public string Separator { get; init; } = " ";
    }

    /// <summary>The elements of a list.</summary>
    public sealed record EachElement
    {
        [StringLength(500), PayloadPointer] public required string Pointer { get; init; }

        /// <summary>What becomes of each; <c>to</c> and <c>pointer</c> are within the element.</summary>
        [MinLength(1), MaxLength(40)] public required IReadOnlyList<FieldMapping> Fields { get; init; }
    }
}
