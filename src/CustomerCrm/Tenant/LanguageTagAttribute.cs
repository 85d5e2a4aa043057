using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Tenant;

/// <summary>The text has the form of a language tag (RFC 5646, BCP 47): language, and perhaps script, region and variants.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class LanguageTagAttribute() : ValidationAttribute("Not a language tag: give it as in BCP 47, de-AT or zh-Hant-TW."), ICoded
{
    public string Code => "language_tag_invalid";

    public override bool IsValid(object? value) => value is null || (value is string tag && Tag().IsMatch(tag));

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
