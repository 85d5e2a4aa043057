using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Tenant;

/// <summary>
/// What a tenant calls itself. It stands in the subjects of letters that go to whoever is named in a sign-up or an invitation, so it is a name: one line,
/// with a letter or a digit, and no address that somebody could be sent to.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class TenantNameAttribute() : ValidationAttribute("A name: one line without web or e-mail addresses."), ICoded
{
    /// <summary>Characters. Of a name that was given before, a letter says as much.</summary>
    public const int Longest = 100;

    public string Code => "tenant_name_invalid";

    public override bool IsValid(object? value) => value is null or "" || (value is string name && IsOne(name)); // that there is one at all is asked for beside this

    /// <summary>Pure. <c>Booking.com</c> is a name; <c>booking.com/win</c> is an address.</summary>
    public static bool IsOne(string name) => name.Any(char.IsLetterOrDigit) && !name.Any(IsUnseen) && !Address().IsMatch(name);

    /// <summary>As a letter says it: one line that is not too long, whatever was stored before there was a rule.</summary>
    public static string InLetter(string name)
    {
        var line = string.Join(' ', string.Concat(name.Select(c => IsUnseen(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0 || Address().IsMatch(line)) return "a tenant of this service";
        return line.Shortened(Longest);
    }

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex(@"://|\bwww\.|\S@\S|\w\.\w{2,}[/?#]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
