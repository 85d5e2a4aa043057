using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>What may stand in a header of a message (RFC 5322, 2.2): one line and nothing that could end it.</summary>
internal static class HeaderText
{
    /// <summary>A name of printable ASCII without a colon.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 76 && name.All(c => c is > ' ' and < '\u007f' and not ':');

    /// <summary>Every control character becomes a space, so that no value can begin a header of its own.</summary>
    public static string OneLine(string value)
    {
        if (!value.Any(IsBreak)) return value.Trim();
        var line = new StringBuilder(value.Length);
        foreach (var c in value) line.Append(IsBreak(c) ? ' ' : c);
        return line.ToString().Trim();
    }

    public static bool IsAscii(string value) => Ascii.IsValid(value);

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
