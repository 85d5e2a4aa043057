using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Segments.Rules;

/// <summary>A span of time that something happened in: the last days, or from one time to another; all of time where nothing is said.</summary>
public abstract record TimeSpanTest : IValidatableObject
{
    public const int MostDays = 3650;

    /// <summary>So many times 24 hours back from the moment of asking; what lies ahead does not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(1, MostDays)] public int? WithinDays { get; init; }

    /// <summary>At this time or later.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? To { get; init; }

    /// <summary>The first and the last moment that count.</summary>
    internal (DateTimeOffset First, DateTimeOffset Last) SpanAt(DateTimeOffset now) => WithinDays is { } days
        ? (now.AddDays(-days), now)
        : (From ?? OrderedTypes.Time.Lowest, To?.AddTicks(-1) ?? OrderedTypes.Time.Highest);

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (WithinDays is not null && (From ?? To) is not null)
            yield return new BrokenRule("span_invalid", "Either within_days, or from and to.", nameof(WithinDays));
        if (From >= To) yield return new BrokenRule("span_invalid", "to is later than from.", nameof(To));
    }
}

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
