using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Segments.Rules;

/// <summary>From how much to how much. At least one bound is said.</summary>
public sealed record Bounds : IValidatableObject
{
    // A million millions of anyone's money, and far below what a double holds exactly.
    private const double Most = 1e15;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0, Most)] public long? Eq { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0, Most)] public long? Gte { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0, Most)] public long? Gt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0, Most)] public long? Lte { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(1, Most)] public long? Lt { get; init; }

    internal long Lowest => new[] { Eq ?? 0, Gte ?? 0, Gt + 1 ?? 0 }.Max();

    internal long Highest => new[] { Eq, Lte, Lt - 1 }.Min() ?? long.MaxValue;

    internal bool Contains(long amount) => amount >= Lowest && amount <= Highest;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if ((Eq ?? Gte ?? Gt ?? Lte ?? Lt) is null) yield return new BrokenRule("required", "At least one of: eq, gte, gt, lte, lt.");
        else if (Lowest > Highest) yield return new BrokenRule("bounds_empty", "Nothing lies between these bounds.");
    }
}
