using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.ContactPolicy;

/// <summary>From one time of the day until another; past midnight where that is not later.</summary>
public sealed record QuietHours
{
    /// <summary>On which days it begins.</summary>
    [MinLength(1), MaxLength(7)]
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [.. Enum.GetValues<DayOfWeek>()];

    /// <example>21:00</example>
    public TimeOnly From { get; init; } = new(21, 0);

    /// <summary>From then on messages may leave.</summary>
    /// <example>08:00</example>
    public TimeOnly Until { get; init; } = new(8, 0);
}
