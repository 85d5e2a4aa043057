using System.Globalization;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>A host name with at least one dot, in the one form in which it is compared: ASCII (RFC 3492), lower case.</summary>
internal static class DomainName
{
    public const int Longest = 253;
    private const int LongestLabel = 63;

    private static readonly IdnMapping idn = new() { UseStd3AsciiRules = true };

    /// <returns>Null for what is no domain.</returns>
    public static string? Read(string text)
    {
        string ascii;
        try
        {
            ascii = idn.GetAscii(text.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
        var labels = ascii.Split('.');
        var isDomain = ascii.Length <= Longest && labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
        return isDomain ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
