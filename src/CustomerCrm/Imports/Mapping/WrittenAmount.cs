using System.Globalization;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Amounts of money as they stand in files: <c>19.90</c>, <c>1.234,50 €</c>, <c>$1,234.50</c>. Pure.</summary>
internal static class WrittenAmount
{
    /// <summary>
    /// In minor units; null where it cannot be read. The last point or comma parts the decimals, unless it parts thousands: where there are several of it
    /// and no other, or exactly three digits follow that the currency has no use for.
    /// </summary>
    /// <param name="cell">As it stands there. Letters and signs of currencies around it say nothing: the currency has a column of its own.</param>
    /// <param name="digits">How many decimals the currency has. More of them must be naughts.</param>
    public static long? MinorOf(string cell, int digits)
    {
        char[] ofCurrency = [.. cell.Where(IsOfCurrency)];
        var text = string.Concat(cell.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '\u2019'))).Trim(ofCurrency);
        var isNegative = text.StartsWith('-');
        text = text[(text is ['-' or '+', ..] ? 1 : 0)..].TrimStart(ofCurrency);

        var last = text.LastIndexOfAny(['.', ',']);
        var (whole, decimals) = last < 0 || IsThousands(text, last, digits) ? (text, "") : (last == 0 ? "0" : text[..last], text[(last + 1)..].TrimEnd('0'));
        if (decimals.Length > digits || Ungrouped(whole) is not { Length: > 0 } plain) return null;
        return long.TryParse(plain + decimals.PadRight(digits, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? isNegative ? -amount : amount : null;
    }

    private static bool IsOfCurrency(char c) => char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    private static bool IsThousands(string text, int last, int digits)
    {
        var (separators, same) = (text.Count(c => c is '.' or ','), text.Count(c => c == text[last]));
        return separators == same && (same > 1 || (text.Length - last == 4 && digits != 3 && text[..last] is not ("" or "0")));
    }

    // 1,234,567 without its separators; null where they part no thousands.
    private static string? Ungrouped(string whole)
    {
        var groups = whole.Split('.', ',');
        if (groups.Length == 1) return whole;
        return groups[0].Length is >= 1 and <= 3 && groups[0][0] != '0' && groups.Skip(1).All(group => group.Length == 3) && !(whole.Contains('.') && whole.Contains(',')) ? string.Concat(groups) : null;
    }
}
