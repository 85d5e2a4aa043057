using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Customers;

/// <summary>An ISO 3166-1 code of two capitals.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountryCodeAttribute() : ValidationAttribute("Two capitals by ISO 3166-1: AT."), ICoded
{
    public string Code => "country_invalid";

    public override bool IsValid(object? value) => value is null or string and [>= 'A' and <= 'Z', >= 'A' and <= 'Z'];
}
