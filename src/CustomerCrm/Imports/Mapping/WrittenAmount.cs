using System.Globalization;
using System.Text.RegularExpressions;
using CustomerCrm.Money;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Amounts of money as they stand in files: <c>19.90</c>, <c>1.234,50 €</c>, <c>$1,234.50</c>. Pure.</summary>
internal static partial class WrittenAmount
{
    /// <summary>In minor units; null where it cannot be read, or may be read in two ways: <c>1.234</c> euros are 1,234 or 1.23 and a bit.</summary>
    /// <param name="cell">As it stands there, with the sign or the code of its currency or without.</param>
    /// <param name="currency">The currency it is of. A sign or code of another contradicts it.</param>
    /// <param name="isNumber">It stands in JSON, where a point is what parts the decimals and nothing else.</param>
    public static long? MinorOf(string cell, string currency, bool isNumber = false)
    {
        if (Form().Match(cell.Trim()) is not { Success: true } form || !(IsOf(form.Groups["before"].Value, currency) && IsOf(form.Groups["behind"].Value, currency))) return null;
        var (whole, group, point, decimals) = (form.Groups["whole"].Value, form.Groups["group"].Value, form.Groups["point"].Value, form.Groups["decimals"].Value);
        if (form.Groups["minus"].Captures.Count > 1) return null;
        if (group is "." or "," && point.Length == 0 && whole.Split(group) is [var before, var behind]) (whole, group, point, decimals) = (before, "", group, behind);
        if (point.Length > 0 && point == group || (isNumber && (group.Length > 0 || point == ","))) return null;

        var digits = Currencies.MinorDigits(currency);
        if (decimals.Length == 3 && group.Length == 0 && whole.Length is >= 1 and <= 3 && whole != "0" && !isNumber && !(digits == 3 && point == "."))
        {
            if (digits != 0) return null;
            (whole, decimals) = (whole + decimals, "");
        }
        decimals = decimals.TrimEnd('0');
        if (decimals.Length > digits) return null;
        var plain = string.Concat(whole.Where(char.IsAsciiDigit)) + decimals.PadRight(digits, '0');
        return long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? form.Groups["minus"].Length > 0 ? -amount : amount : null;
    }

    private static bool IsOf(string sign, string currency) => sign.TrimEnd('.') switch
    {
        "" => true,
        "€" => currency == "EUR",
        "£" => currency[2] == 'P',
        "¥" or "円" or "元" => currency is "JPY" or "CNY",
        "$" => currency[2] == 'D' || currency is "ARS" or "CLP" or "COP" or "CUP" or "DOP" or "MXN" or "UYU",
        "US$" => currency == "USD",
        "R$" => currency == "BRL",
        "kr" or "Kr" => currency is "SEK" or "NOK" or "DKK" or "ISK",
        "Fr" or "SFr" or "fr" => currency == "CHF",
        "Rs" => currency is "INR" or "PKR" or "LKR" or "NPR" or "MUR" or "SCR",
        "zł" => currency == "PLN",
        "Kč" => currency == "CZK",
        "Ft" => currency == "HUF",
        "lei" => currency is "RON" or "MDL",
        [var only] when char.GetUnicodeCategory(only) == UnicodeCategory.CurrencySymbol => true,
        var code => code.Equals(currency, StringComparison.OrdinalIgnoreCase),
    };

    // A minus before or behind the sign of the currency; thousands parted throughout and alike; and "19,-", as shops write it.
    [GeneratedRegex("""
        ^(?<minus>-)?\+?
        (?<before>[\p{L}\p{Sc}]{1,4}\.?)?\s*(?<minus>-)?
        (?<whole>[0-9]{1,3}(?<group>[.,'’\s])[0-9]{3}(\k<group>[0-9]{3})*(?![0-9])|[0-9]+|(?=[.,][0-9]))
        ((?<point>[.,])((?<decimals>[0-9]+)|[-–—]+))?
        \s*(?<behind>[\p{L}\p{Sc}]{1,4}\.?)?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
