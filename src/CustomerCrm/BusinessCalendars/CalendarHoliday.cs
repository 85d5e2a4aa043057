using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.BusinessCalendars;

/// <summary>A local day on which nobody is there, whatever the weekday says.</summary>
public sealed record CalendarHoliday
{
    [Required] public DateOnly? Date { get; init; }

    /// <example>New Year's Day</example>
    [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }
}
