namespace CustomerCrm.Conversations.Redaction;

/// <summary>Whether a note that a program wrote repeats what somebody said: as a line of its own behind a name, or as all that follows an empty line; whole, or its beginning. Pure.</summary>
internal static class CopiedWords
{
    // Shorter ones are found in anything.
    private const int LeastPart = 4;

    public static bool Repeats(string note, string said)
    {
        var (text, lines) = (OneLine(said), note.Split('\n'));
        if (text.Length == 0) return false;
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].IndexOf(": ", StringComparison.Ordinal) is >= 0 and var name && IsPartOf(lines[i][(name + 2)..], text)) return true;
        var behind = note.IndexOf("\n\n", StringComparison.Ordinal);
        return behind >= 0 && IsPartOf(OneLine(note[(behind + 2)..]), text);
    }

    private static bool IsPartOf(string copy, string text)
    {
        copy = copy.TrimEnd('…').Trim();
        return copy == text || (copy.Length >= LeastPart && text.Contains(copy, StringComparison.OrdinalIgnoreCase));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
