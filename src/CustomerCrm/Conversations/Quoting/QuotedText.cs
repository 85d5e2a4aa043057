namespace CustomerCrm.Conversations.Quoting;

/// <summary>A piece of an e-mail.</summary>
/// <param name="Text">As it stands there, with its line breaks.</param>
/// <param name="IsQuoted">It was written before, or is a signature.</param>
public sealed record TextPart(string Text, bool IsQuoted);

/// <summary>
/// Tells what a customer has written now from what their program has put there: the message that they answer, and their signature. Mail says nothing of this,
/// so it goes by what programs write (RFC 3676 for quotes and signatures; Gmail, Outlook, Apple Mail, Thunderbird and others by their lines). The parts together
/// are the text, to the last character, and some of it is always the customer's: where nothing would be left, or answers stand between quotes, all of it is. Pure.
/// </summary>
public static class QuotedText
{
    /// <param name="text">A plain text.</param>
    /// <param name="subject">Of what is passed on, everything is what the customer wants to have read.</param>
    public static IReadOnlyList<TextPart> Of(string text, string? subject = null)
    {
        TextPart[] whole = [new(text, false)];
        if (QuoteMarks.IsPassedOn(subject)) return whole;
        var lines = new TextLines(text);
        var isQuoted = new bool[lines.Count];
        MarkQuotes(lines, isQuoted);
        if (IsInterleaved(lines, isQuoted)) Array.Clear(isQuoted);
        MarkSignatures(lines, isQuoted);
        return IsAnythingLeft(lines, isQuoted) ? PartsOf(lines, isQuoted) : whole;
    }

    /// <summary>What the customer wrote, and what else stands there; nothing else: null.</summary>
    public static (string Body, string? Quoted) Split(string text, string? subject = null)
    {
        var parts = Of(text, subject);
        return parts.Any(part => part.IsQuoted) ? (Joined(parts, isQuoted: false), Joined(parts, isQuoted: true)) : (text, null);
    }

    private static string Joined(IReadOnlyList<TextPart> parts, bool isQuoted) => string.Concat(parts.Where(part => part.IsQuoted == isQuoted).Select(part => part.Text));

    private static void MarkQuotes(TextLines lines, bool[] isQuoted)
    {
        var hasOwn = false;
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines.IsQuote(at))
            {
                at = MarkMarked(lines, isQuoted, at);
            }
            else if (QuoteMarks.LengthAt(lines, at) is var length and > 0)
            {
                var below = lines.NextWritten(at + length);
                // Without marks it goes on to the end; who wrote under it, wrote into it, and nobody can tell.
                if (below == lines.Count || !lines.IsQuote(below))
                {
                    if (hasOwn && QuoteMarks.IsCertain(lines, at, length))
                    {
                        Array.Fill(isQuoted, true, at, lines.Count - at);
                        return;
                    }
                    at += length - 1;
                    continue;
                }
                Array.Fill(isQuoted, true, at, below - at);
                at = MarkMarked(lines, isQuoted, below);
            }
            else
            {
                hasOwn |= !lines.IsBlank(at);
            }
        }
    }

    // Lines with marks, and empty ones and wrapped ends between them.
    private static int MarkMarked(TextLines lines, bool[] isQuoted, int at)
    {
        var last = at;
        for (var next = at; next < lines.Count && (lines.IsQuote(next) || lines.IsBlank(next)); next++)
            if (lines.IsQuote(next)) last = next;
        Array.Fill(isQuoted, true, at, last - at + 1);
        return last;
    }

    // Answers between quotes are nothing without them.
    private static bool IsInterleaved(TextLines lines, bool[] isQuoted)
    {
        var (blocks, was) = (0, false);
        for (var line = 0; line < lines.Count; line++)
        {
            if (lines.IsBlank(line)) continue;
            if (isQuoted[line] && !was) blocks++;
            was = isQuoted[line];
        }
        return blocks > 1;
    }

    private static void MarkSignatures(TextLines lines, bool[] isQuoted)
    {
        for (var from = 0; from < lines.Count;)
        {
            var to = from;
            while (to < lines.Count && isQuoted[to] == isQuoted[from]) to++;
            if (!isQuoted[from] && SignatureMarks.StartIn(lines, from, to) is { } start) Array.Fill(isQuoted, true, start, to - start);
            from = to;
        }
    }

    private static bool IsAnythingLeft(TextLines lines, bool[] isQuoted) => Enumerable.Range(0, lines.Count).Any(line => !isQuoted[line] && !lines.IsBlank(line));

    // Empty lines before what is quoted go with it, so that what is left ends where the customer ended.
    private static List<TextPart> PartsOf(TextLines lines, bool[] isQuoted)
    {
        for (var line = lines.Count - 2; line >= 0; line--)
            if (lines.IsBlank(line) && isQuoted[line + 1]) isQuoted[line] = true;
        var parts = new List<TextPart>();
        for (var from = 0; from < lines.Count;)
        {
            var to = from;
            while (to < lines.Count && isQuoted[to] == isQuoted[from]) to++;
            parts.Add(new TextPart(lines.Whole(from, to), isQuoted[from]));
            from = to;
        }
        return parts;
    }
}
