using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Customers;

/// <summary>A day on which somebody whom one does business with can have been born. Tomorrow is allowed: somewhere it is tomorrow.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BirthDateAttribute() : ValidationAttribute("Between 1850-01-01 and today."), ICoded
{
    private static readonly DateOnly earliest = new(1850, 1, 1);

    public string Code => "out_of_range";

    public override bool IsValid(object? value) =>
        value is not DateOnly day || (day >= earliest && day <= DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1));
}
