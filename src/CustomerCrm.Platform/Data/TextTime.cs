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

    private static int Digits(string text, int from, int count)
    {
        var number = 0;
        for (var i = from; i < from + count; i++) number = number * 10 + (text[i] - '0');
        return number;
    }
}
