namespace CustomerCrm.Templates.Rendering;

/// <summary>
/// How many parts a text message is sent in, and so what it costs. In the alphabet of GSM (3GPP TS 23.038) one holds 160 characters, or 153 of
/// several; a single character beyond it makes the whole text UCS-2, with 70 and 67. A character that takes two places is never cut apart.
/// </summary>
public sealed record SmsSegments
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "\f^{}\\[~]|€";

    /// <example>gsm7</example>
    public required SmsEncoding Encoding { get; init; }

    /// <example>1</example>
    public required int Segments { get; init; }

    /// <summary>Places taken, in the alphabet that it is sent in.</summary>
    /// <example>51</example>
    public required int Length { get; init; }

    /// <summary>The first character because of which it is UCS-2.</summary>
    public string? Because { get; init; }

    public static SmsSegments Of(string text)
    {
        var other = text.EnumerateRunes().Where(rune => rune.Value > char.MaxValue || (!Basic.Contains((char)rune.Value) && !Extended.Contains((char)rune.Value))).Select(rune => rune.ToString()).FirstOrDefault();
        var widths = other is null
            ? text.Select(c => Extended.Contains(c) ? 2 : 1).ToArray()
            : [.. text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength)];
        var (alone, each) = other is null ? (160, 153) : (70, 67);
        var length = widths.Sum();
        return new SmsSegments { Encoding = other is null ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, Length = length, Segments = length <= alone ? 1 : Parts(widths, each), Because = other };
    }

    private static int Parts(int[] widths, int each)
    {
        var (parts, used) = (1, 0);
        foreach (var width in widths)
        {
            if (used + width > each) (parts, used) = (parts + 1, 0);
            used += width;
        }
        return parts;
    }
}

public enum SmsEncoding
{
    Gsm7,
    Ucs2,
}
