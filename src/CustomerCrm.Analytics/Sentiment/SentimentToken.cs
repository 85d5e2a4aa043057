using System.Globalization;
using System.Text;

namespace CustomerCrm.Analytics.Sentiment;

/// <summary>What a piece of a text is.</summary>
internal enum TokenKind
{
    Word,
    Emoji,

    /// <summary>Ends a clause: what stands beyond does not turn what stands here.</summary>
    Break,
    Exclamation,
}

/// <summary>A piece of a text.</summary>
/// <param name="Text">In lower case, with letters that were drawn out put right.</param>
/// <param name="Start">Where it stands in the text.</param>
internal sealed record SentimentToken(TokenKind Kind, string Text, int Start, int Length)
{
    /// <summary>WRITTEN LIKE THIS.</summary>
    public bool IsShouted { get; init; }

    /// <summary>Written like thiiis.</summary>
    public bool IsDrawnOut { get; init; }

    private static readonly string[] faces = [.. Lexicon.Emoji.Entries.OrderByDescending(e => e.Length)];

    public static IReadOnlyList<SentimentToken> Of(string text)
    {
        var tokens = new List<SentimentToken>();
        for (var at = 0; at < text.Length;)
        {
            var token = Face(text, at) ?? (IsLetter(text, at) ? Word(text, at) : Sign(text, at));
            if (token is not null) tokens.Add(token);
            at += token?.Length ?? (char.IsSurrogatePair(text, at) ? 2 : 1);
        }
        return tokens;
    }

    private static SentimentToken? Face(string text, int at) =>
        at > 0 && char.IsLetterOrDigit(text[at - 1]) && text[at] < 128 ? null // "8:30", "http://"
        : Array.Find(faces, face => string.CompareOrdinal(text, at, face, 0, face.Length) == 0) is { } found && !(found[0] < 128 && Goes(text, at + found.Length))
            ? new SentimentToken(TokenKind.Emoji, found, at, found.Length) : null;

    private static bool Goes(string text, int at) => at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '/');

    private static bool IsLetter(string text, int at) => char.IsLetter(text, at) || CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark;

    private static SentimentToken Word(string text, int start)
    {
        var end = start;
        while (end < text.Length && (IsLetter(text, end) || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1])))) end++;
        var raw = text[start..end];
        var (plain, isDrawnOut) = Plain(raw.ToLowerInvariant().Replace('’', '\''));
        return new SentimentToken(TokenKind.Word, plain, start, raw.Length) { IsDrawnOut = isDrawnOut, IsShouted = raw.Length > 2 && raw.Any(char.IsUpper) && !raw.Any(char.IsLower) };
    }

    private static SentimentToken? Sign(string text, int at) => text[at] switch
    {
        '!' => new SentimentToken(TokenKind.Exclamation, "!", at, 1),
        '.' or ',' or ';' or ':' or '?' or '\n' or '(' or ')' or '…' => new SentimentToken(TokenKind.Break, text[at..(at + 1)], at, 1),
        _ => null,
    };

    // No word of these languages has a letter three times in a row.
    private static (string Text, bool IsDrawnOut) Plain(string word)
    {
        StringBuilder? plain = null;
        for (var i = 0; i < word.Length; i++)
        {
            var isThird = i >= 2 && word[i] == word[i - 1] && word[i] == word[i - 2];
            if (isThird) plain ??= new StringBuilder(word, 0, i - 1, word.Length);
            else plain?.Append(word[i]);
        }
        return (plain?.ToString() ?? word, plain is not null);
    }
}
