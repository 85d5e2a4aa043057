using System.Globalization;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>
/// An e-mail address by RFC 5321 and 6531, without the forms that nobody has (quoted local parts, address literals, hosts without a dot).
/// Two addresses are the same if their lower-case forms are, the domain in its ASCII form (RFC 3492). Dots and
/// "+tags" count: what they mean is the provider's business.
/// </summary>
public sealed record EmailAddress
{
    private const int LongestAddress = 254, LongestLocalPart = 64;
    private const string Marks = "!#$%&'*+-/=?^_`{|}~.";

    /// <summary>As it was given, without the spaces around it.</summary>
    public required string Text { get; init; }

    /// <summary>The form in which addresses are compared.</summary>
    public required string Key { get; init; }

    /// <summary>Refuses with the code <c>email_invalid</c>.</summary>
    public static Reading<EmailAddress> Read(string text)
    {
        var address = text.Trim();
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1) return Refused("An e-mail address has a name, an @ and a domain.");
        if (address.Length > LongestAddress) return Refused($"An e-mail address has at most {LongestAddress} characters.");

        var (local, domain) = (address[..at], DomainName.Read(address[(at + 1)..]));
        if (!IsLocalPart(local)) return Refused("What stands before the @ is not valid in an e-mail address.");
        if (domain is null) return Refused("What stands behind the @ is not a domain.");
        return Reading<EmailAddress>.Of(new EmailAddress { Text = address, Key = $"{local.ToLowerInvariant()}@{domain}" });
    }

    private static bool IsLocalPart(string local) =>
        local.Length <= LongestLocalPart
        && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.All(c => char.IsAsciiLetterOrDigit(c) || Marks.Contains(c, StringComparison.Ordinal) || (c > 127 && IsWritten(c)));

    private static bool IsWritten(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static Reading<EmailAddress> Refused(string detail) => Reading<EmailAddress>.Refused("email_invalid", detail);
}
