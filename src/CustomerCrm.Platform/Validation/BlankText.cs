using System.Globalization;
using System.Text;

namespace CustomerCrm.Platform.Validation;

/// <summary>Text of which nothing is to be seen: white space, and characters without width. Pure.</summary>
public static class BlankText
{
    // Letters, marks and signs by their category, and still empty: fillers of Hangul and Khmer, the blank of Braille, what only joins or chooses a form.
    private const string Empty = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

    public static bool Is(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!IsUnseen(rune)) return false;
        return true;
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control || rune.Value is >= 0xFE00 and <= 0xFE0F || (rune.IsBmp && Empty.Contains((char)rune.Value, StringComparison.Ordinal));
}

/// <summary>A text that must be there and may all the same be blank: it is compared sign by sign, or stands between others.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MayBeBlankAttribute : Attribute;
