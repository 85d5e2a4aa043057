using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Platform.Access.Origins;

/// <summary>Every one of the texts is a web origin as browsers send it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebOriginsAttribute() : ValidationAttribute("Each is a web origin as browsers send it, without a path: https://shop.example.com."), ICoded
{
    public const int Most = 20;

    public string Code => "origin_invalid";

    public override bool IsValid(object? value) => value is not IEnumerable<string> origins || origins.All(origin => origin is not null && OriginSet.IsOrigin(origin));
}
