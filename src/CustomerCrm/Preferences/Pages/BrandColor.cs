using System.Globalization;

namespace CustomerCrm.Preferences.Pages;

/// <summary>Pure: a tenant's colour, and which of black and white can be read on it. One of the two always has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3).</summary>
internal sealed record BrandColor
{
    private const string Fallback = "#333333";

    private BrandColor(string background, string text) => (Background, Text) = (background, text);

    public string Background { get; }
    public string Text { get; }

    /// <param name="hex">#rrggbb; anything else, and nothing, is a dark grey.</param>
    public static BrandColor Of(string? hex)
    {
        var color = hex is { Length: 7 } && hex[0] == '#' && hex.Skip(1).All(char.IsAsciiHexDigit) ? hex.ToLowerInvariant() : Fallback;
        return new BrandColor(color, Contrast(color, "#ffffff") >= Contrast(color, "#000000") ? "#ffffff" : "#000000");
    }

    /// <summary>The ratio of WCAG 2.2 between two colours, 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex) => 0.2126 * Linear(hex[1..3]) + 0.7152 * Linear(hex[3..5]) + 0.0722 * Linear(hex[5..7]);

    private static double Linear(string two)
    {
        var value = int.Parse(two, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
