using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.BusinessCalendars;

/// <summary>One stretch of a weekday in which somebody is there. A lunch break makes two of them.</summary>
public sealed record OpeningPeriod : IValidatableObject
{
    [Required] public DayOfWeek? Day { get; init; }

    /// <summary>Local time, included.</summary>
    /// <example>09:00</example>
    [TimeOfDay] public required string From { get; init; }

    /// <summary>Local time, not included; <c>24:00</c> is the end of the day.</summary>
    /// <example>17:30</example>
    [TimeOfDay] public required string To { get; init; }

    internal int FromMinute => TimeOfDayAttribute.MinuteOf(From);
    internal int ToMinute => TimeOfDayAttribute.MinuteOf(To);

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (ToMinute <= FromMinute) yield return new BrokenRule("ends_before_it_begins", "A period ends after it begins; one over midnight is two periods.", nameof(To));
    }

    /// <summary>The first period that begins before another of its day has ended: its place in the list, or null.</summary>
    internal static int? FirstOverlap(IReadOnlyList<OpeningPeriod> periods) => periods
        .Select((period, place) => (period, place))
        .GroupBy(p => p.period.Day)
        .SelectMany(day => day.OrderBy(p => p.period.FromMinute).ToArray() is var sorted
            ? sorted.Zip(sorted.Skip(1)).Where(pair => pair.Second.period.FromMinute < pair.First.period.ToMinute).Select(pair => (int?)pair.Second.place)
            : [])
        .FirstOrDefault();
}
