using System.Text;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>
/// A phone number in E.164: +, country calling code, national number; at most 15 digits. Whether somebody answers it
/// is not known; that its length is one its country has, is.
/// </summary>
public sealed record PhoneNumber
{
    private const int MostDigits = 15, LongestText = 40;
    private const string Separators = " \u00a0\u2009\u202f-./\u2010\u2011\u2012\u2013";

    /// <summary><c>+49301234567</c>, which is also the form in which numbers are compared.</summary>
    public required string E164 { get; init; }

    /// <param name="text">As people write it: <c>+49 (0)30 1234-567</c>, <c>0049 30 1234567</c>, or <c>030 1234567</c> where a country is known.</param>
    /// <param name="country">ISO 3166-1: what a number without a country calling code is taken for.</param>
    /// <returns>Refuses with <c>phone_invalid</c>, <c>phone_length</c> or <c>phone_needs_country</c>.</returns>
    public static Reading<PhoneNumber> Read(string text, string? country)
    {
        if (DigitsOf(text) is not { } digits) return Refused("phone_invalid", "A phone number has digits, spaces and + ( ) - . / only.");
        if (digits.StartsWith('+')) return International(digits[1..]);
        if (digits.StartsWith("00", StringComparison.Ordinal)) return International(digits[2..]);
        return country is not null && CallingCodes.OfCountry(country) is { } plan
            ? National(digits, plan)
            : Refused("phone_needs_country", "A phone number without its country calling code needs a country. Write it as +49 30 1234567.");
    }

    /// <summary>Digits, with a + before them if there was one. "(0)" behind a calling code is advice to those who dial inside.</summary>
    private static string? DigitsOf(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > LongestText) return null;
        var isInternational = trimmed.StartsWith('+') || trimmed.StartsWith("00", StringComparison.Ordinal) || trimmed.StartsWith("(+", StringComparison.Ordinal);
        if (isInternational && !trimmed.StartsWith("+39", StringComparison.Ordinal) && !trimmed.StartsWith("0039", StringComparison.Ordinal))
            trimmed = trimmed.Replace("(0)", "", StringComparison.Ordinal);

        var digits = new StringBuilder();
        foreach (var c in trimmed)
        {
            if (char.IsAsciiDigit(c) || (c == '+' && digits.Length == 0)) digits.Append(c);
            else if (c is not ('(' or ')') && !Separators.Contains(c, StringComparison.Ordinal)) return null;
        }
        return digits.Length == 0 ? null : digits.ToString();
    }

    private static Reading<PhoneNumber> International(string digits) => CallingCodes.OfNumber(digits) is { } plan
        ? National(digits[plan.Code.Length..], plan)
        : Refused("phone_invalid", "The phone number does not begin with a country calling code.");

    private static Reading<PhoneNumber> National(string digits, NumberPlan plan)
    {
        // +49 030 … is a common slip. No national number begins with its own trunk prefix, except where it might by its length.
        if (plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) && (plan.Trunk[0] == '0' || digits.Length > plan.Max))
            digits = digits[plan.Trunk.Length..];
        if (digits.Length < plan.Min || digits.Length > plan.Max || plan.Code.Length + digits.Length > MostDigits)
            return Refused("phone_length", $"A phone number of +{plan.Code} has {Lengths(plan)} digits behind the country calling code.");
        if (plan.Code == "1" && (digits[0] < '2' || digits[3] < '2'))
            return Refused("phone_invalid", "In a number of +1 neither the area code nor the exchange begins with 0 or 1.");
        return Reading<PhoneNumber>.Of(new PhoneNumber { E164 = $"+{plan.Code}{digits}" });
    }

    private static string Lengths(NumberPlan plan) => plan.Min == plan.Max ? $"{plan.Min}" : $"{plan.Min} to {plan.Max}";

    private static Reading<PhoneNumber> Refused(string code, string detail) => Reading<PhoneNumber>.Refused(code, detail);
}
