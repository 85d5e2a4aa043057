using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Validation;

/// <summary>What a broken rule is called for programs, and what it says to people. Pure.</summary>
internal static class RuleWords
{
    public static string CodeOf(ValidationAttribute rule, object value) => rule switch
    {
        ICoded coded => coded.Code,
        StringLengthAttribute length => value is string text && text.Length < length.MinimumLength ? "too_short" : "too_long",
        MaxLengthAttribute => value is string ? "too_long" : "too_many",
        MinLengthAttribute => value is string ? "too_short" : "too_few",
        RangeAttribute => "out_of_range",
        EmailAddressAttribute => "email_invalid",
        _ => "invalid",
    };

    public static string SayingOf(ValidationAttribute rule, string name) => rule switch
    {
        StringLengthAttribute { MinimumLength: > 0 } l => $"Between {l.MinimumLength} and {l.MaximumLength} characters.",
        StringLengthAttribute l => $"At most {l.MaximumLength} characters.",
        MaxLengthAttribute l => $"At most {l.Length}.",
        MinLengthAttribute l => $"At least {l.Length}.",
        RangeAttribute r => $"Between {r.Minimum} and {r.Maximum}.",
        EmailAddressAttribute => "Not an e-mail address.",
        _ => rule.FormatErrorMessage(name),
    };
}
