using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Platform.People;

/// <summary>A new password that is not one of those tried first. No rules of composition (NIST SP 800-63B, 3.1.1.2); put a length beside it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NewPasswordAttribute() : ValidationAttribute("This password is among the first that anyone would try. Take a longer one, of several words perhaps."), ICoded
{
    public const int Shortest = 8, Longest = 256;

    public string Code => "password_common";

    public override bool IsValid(object? value) => value is not string password || !CommonPasswords.Has(password);
}
