using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.ContactPolicy;

/// <summary>From one time of the day until another; past midnight where that is not later.</summary>
public sealed record QuietHours
{
    /// <summary>On which days it begins.</summary>
    [MinLength(1), MaxLength(7)]
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [.. Enum.GetValues<DayOfWeek>()];

    /// <example>21:00:00</example>
    public TimeOnly From { get; init; } = new(21, 0);

    /// <summary>From then on messages may leave.</summary>
    /// <example>08:00:00</example>
    public TimeOnly Until { get; init; } = new(8, 0);
}

public sealed record Holiday : IValidatableObject
{
    public required DateOnly Date { get; init; }

    /// <example>New Year</example>
    [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Date == default) yield return new BrokenRule("required", "Say which day.", nameof(Date));
    }
}
