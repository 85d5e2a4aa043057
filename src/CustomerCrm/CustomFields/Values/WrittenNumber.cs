using System.Globalization;

namespace CustomerCrm.CustomFields.Values;

/// <summary>A number of a field as it was written: kept exactly or not at all. A parser would round what has more digits than a decimal holds. Pure.</summary>
internal static class WrittenNumber
{
    private const int MostDigitsAfterPoint = 6;

    /// <returns>Null: no number, one beyond <see cref="FieldRules.Most"/>, or one with more digits after the point than a field keeps.</returns>
    public static decimal? Read(string written) =>
        decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= FieldRules.Most && DigitsAfterPoint(written) <= MostDigitsAfterPoint
            ? number
            : null;

    // Zeros at the end are no digits of a number, and a power of ten moves the point: 1.50 has one, 15e-3 has three, 0.5e1 has none.
    private static long DigitsAfterPoint(string written)
    {
        var parts = written.Trim().Split('e', 'E');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        if (!digits.Any(c => c is >= '1' and <= '9')) return 0;
        if (!int.TryParse(parts.ElementAtOrDefault(1) ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)) return long.MaxValue;

        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var behind = point < 0 ? 0 : parts[0].Length - point - 1;
        return behind - (digits.Length - digits.TrimEnd('0').Length) - (long)power;
    }
}
