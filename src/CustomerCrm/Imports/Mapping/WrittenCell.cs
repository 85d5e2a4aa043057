using System.Globalization;
using System.Text.Json;

namespace CustomerCrm.Imports.Mapping;

/// <summary>What a cell says, in the form that its field has. Pure.</summary>
internal static class WrittenCell
{
    /// <param name="cell">Not empty.</param>
    /// <param name="form">How it is read.</param>
    /// <param name="dateFormat">How days and times are written there, if not year, month, day.</param>
    /// <param name="zone">Where times without an offset were written.</param>
    /// <param name="currency">What amounts are of.</param>
    /// <param name="isJson">It stood in JSON.</param>
    /// <returns>JSON, or the text of a JSON string; null where it cannot be read.</returns>
    public static string? ValueOf(string cell, FieldForm form, string? dateFormat, TimeZoneInfo zone, string currency, bool isJson) => form switch
    {
        FieldForm.Day => WrittenTime.DayOf(cell, dateFormat),
        FieldForm.Time => WrittenTime.TimeOf(cell, dateFormat, zone),
        FieldForm.Whole => long.TryParse(WithoutNaughts(cell), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null,
        FieldForm.Number => decimal.TryParse(cell, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        FieldForm.Flag => cell.ToUpperInvariant() switch { "TRUE" or "YES" or "Y" or "1" => "true", "FALSE" or "NO" or "N" or "0" => "false", _ => null },
        FieldForm.Amount => WrittenAmount.MinorOf(cell, currency, isJson)?.ToString(CultureInfo.InvariantCulture),
        FieldForm.Json => IsJson(cell) ? cell : null,
        _ => cell,
    };

    /// <summary>What is wrong with one that cannot be read.</summary>
    public static string SayingOf(FieldForm form) => form switch
    {
        FieldForm.Day => "Not a day, or not written as the mapping's date_format says.",
        FieldForm.Time => "Not a time, or not written as the mapping's date_format says.",
        FieldForm.Whole => "Not a whole number.",
        FieldForm.Number => "Not a number; write a point before the decimals.",
        FieldForm.Flag => "Neither true nor false.",
        FieldForm.Amount => "Not an amount of the order's currency in main units, or one that may be read in two ways: where a point or comma stands before three digits, say the decimals too.",
        _ => "Not valid JSON.",
    };

    // 2.0 pieces are two.
    private static string WithoutNaughts(string cell) => cell is [.., '.' or ',', '0'] ? cell[..^2] : cell is [.., '.' or ',', '0', '0'] ? cell[..^3] : cell;

    private static bool IsJson(string cell)
    {
        try
        {
            using var document = JsonDocument.Parse(cell);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
