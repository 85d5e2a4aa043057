namespace CustomerCrm.BusinessCalendars.Ical;

/// <summary>A property of an iCalendar text: its name in capitals (null if the line has none), its parameters and its value.</summary>
internal sealed record IcalLine(int Number, string? Name, string Parameters, string Value)
{
    /// <summary>Long lines are folded: one that begins with a blank goes on with the one before (RFC 5545, 3.1).</summary>
    public static IEnumerable<IcalLine> Unfold(string text)
    {
        var (whole, number, at) = ("", 0, 0);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            at++;
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                whole += line[1..];
                continue;
            }
            if (whole.Length > 0) yield return Of(number, whole);
            (whole, number) = (line, at);
        }
        if (whole.Length > 0) yield return Of(number, whole);
    }

    private static IcalLine Of(int number, string line)
    {
        var colon = ValueAt(line);
        if (colon <= 0) return new IcalLine(number, null, "", line);
        var head = line[..colon].Split(';', 2);
        return new IcalLine(number, head[0].ToUpperInvariant(), head.Length > 1 ? head[1].ToUpperInvariant() : "", line[(colon + 1)..]);
    }

    // The first colon that is not inside a quoted parameter.
    private static int ValueAt(string line)
    {
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ':' && !isQuoted) return i;
        }
        return -1;
    }
}
