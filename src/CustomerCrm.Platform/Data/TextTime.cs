using System.Globalization;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// Times as the driver writes them into SQLite, <c>2030-01-15 09:00:00.1234567</c>, always UTC. A page of a list holds hundreds of
/// them, and the general parser took longer than the query.
/// </summary>
internal static class TextTime
{
    public static DateTimeOffset Parse(string text)
    {
        if (text.Length < 19 || text[4] != '-' || text[10] != ' ' || (text.Length > 19 && text[19] != '.') || text.Length > 27)
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var whole = new DateTimeOffset(Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2), Digits(text, 11, 2), Digits(text, 14, 2), Digits(text, 17, 2), TimeSpan.Zero);
        var ticks = 0;
        for (var i = 20; i < 27; i++) ticks = ticks * 10 + (i < text.Length ? text[i] - '0' : 0);
        return whole.AddTicks(ticks);
    }

    /// <summary>The most bytes that <see cref="Write"/> takes.</summary>
    public const int Longest = 27;

    /// <returns>How many bytes it took. Longhand, for a write has half a dozen times.</returns>
    public static int Write(DateTime time, Span<byte> into)
    {
        Digits(into, 0, 4, time.Year);
        Digits(into, 5, 2, time.Month);
        Digits(into, 8, 2, time.Day);
        Digits(into, 11, 2, time.Hour);
        Digits(into, 14, 2, time.Minute);
        Digits(into, 17, 2, time.Second);
        (into[4], into[7], into[10], into[13], into[16]) = ((byte)'-', (byte)'-', (byte)' ', (byte)':', (byte)':');
        var fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond);
        if (fraction == 0) return 19;
        into[19] = (byte)'.';
        Digits(into, 20, 7, fraction);
        return into[..Longest].LastIndexOfAnyExcept((byte)'0') + 1;
    }

    private static void Digits(Span<byte> into, int from, int count, int number)
    {
        for (var i = from + count - 1; i >= from; i--, number /= 10) into[i] = (byte)('0' + number % 10);
    }

    private static int Digits(string text, int from, int count)
    {
        var number = 0;
        for (var i = from; i < from + count; i++) number = number * 10 + (text[i] - '0');
        return number;
    }
}
