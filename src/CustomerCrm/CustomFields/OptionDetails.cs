using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.CustomFields;

/// <summary>An option as it is asked for.</summary>
public sealed record OptionDetails : IValidatableObject
{
    internal const int Most = 200;

    /// <summary>The value in <c>custom_fields</c>: without commas, since filters take lists.</summary>
    /// <example>gold</example>
    [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

    /// <summary>What people read; the name, if nothing is said.</summary>
    /// <example>Gold</example>
    [StringLength(100, MinimumLength = 1)] public string? Label { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Name.Contains(',', StringComparison.Ordinal) || Name != Name.Trim() || Name.Any(char.IsControl))
            yield return new BrokenRule("option_name_invalid", "A name has no commas and no spaces around it.", nameof(Name));
    }

    internal static IEnumerable<ValidationResult> Twice(IReadOnlyList<OptionDetails>? options, string member) =>
        Repeats.In(options, option => option.Name).Select(i => new BrokenRule("duplicate_option", "Each option has a name of its own.", $"{member}[{i}].{nameof(Name)}"));

    /// <summary>Pure. The new list; what is not in it any more is kept behind it as retired, since records may have it.</summary>
    internal static IReadOnlyList<CustomFieldOption> After(IReadOnlyList<CustomFieldOption> before, IReadOnlyList<OptionDetails> wanted) =>
    [
        .. wanted.Select(o => new CustomFieldOption { Name = o.Name, Label = o.Label ?? before.FirstOrDefault(b => b.Name == o.Name)?.Label ?? o.Name, IsRetired = false }),
        .. before.Where(b => wanted.All(o => o.Name != b.Name)).Select(b => b with { IsRetired = true }),
    ];
}
