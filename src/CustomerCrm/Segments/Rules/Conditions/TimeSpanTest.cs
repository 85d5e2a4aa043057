using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>A span of time that something happened in: the last days or hours, a period of the calendar, or from one time to another; all of time where nothing is said.</summary>
public abstract record TimeSpanTest : IValidatableObject
{
    public const int MostDays = 3650, MostHours = 24 * MostDays;

    /// <summary>So many times 24 hours back from the moment of asking; what lies ahead does not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(1, MostDays)] public int? WithinDays { get; init; }

    /// <summary>So many hours back from the moment of asking; what lies ahead does not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(1, MostHours)] public int? WithinHours { get; init; }

    /// <summary>Whole days where the tenant is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Period? Period { get; init; }

    /// <summary>At this time or later.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? To { get; init; }

    /// <summary>The first and the last moment that count.</summary>
    internal (DateTimeOffset First, DateTimeOffset Last) SpanAt(RuleMoment at) => this switch
    {
        { WithinDays: { } days } => (at.Now.AddDays(-days), at.Now),
        { WithinHours: { } hours } => (at.Now.AddHours(-hours), at.Now),
        { Period: { } period } => at.SpanOf(period),
        _ => (From ?? OrderedTypes.Time.Lowest, To?.AddTicks(-1) ?? OrderedTypes.Time.Highest),
    };

    private protected IEnumerable<Boundary> EndsAt(RuleMoment at, MomentKind kind)
    {
        var (first, last) = SpanAt(at);
        return [new Boundary(kind, first), new Boundary(kind, last)];
    }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        object?[] ways = [WithinDays, WithinHours, Period, From ?? To];
        if (ways.Count(way => way is not null) > 1)
            yield return new BrokenRule("span_invalid", "One of: within_days, within_hours, period, or from and to.",
                WithinDays is not null ? nameof(WithinDays) : WithinHours is not null ? nameof(WithinHours) : nameof(Period));
        if (From >= To) yield return new BrokenRule("span_invalid", "to is later than from.", nameof(To));
    }
}
