using System.Globalization;
using System.Text;

namespace CustomerCrm.Search.Asking;

/// <summary>Where in a text the words stand that were looked for. Pure.</summary>
internal static class Highlights
{
    private const int LongestText = 240, InFront = 60;

    /// <returns>The text, or the part of it round the first match; null where there is none.</returns>
    public static Highlight? Of(SearchText said, IReadOnlyList<SearchTerm> terms)
    {
        if (said.Text is not { } text) return null;
        var matches = WordsOf(text).Where(span => said.IsPhone ? IsPart(text, span, terms) : terms.Any(term => IsMatch(text.Substring(span.Start, span.Length), term))).ToArray();
        if (matches.Length == 0) return null;

        var from = text.Length <= LongestText ? 0 : WordStart(text, Math.Max(0, matches[0].Start - InFront));
        var to = Math.Min(text.Length, from + LongestText);
        if (to < text.Length && char.IsLowSurrogate(text[to])) to--;
        return new Highlight
        {
            Field = said.Field,
            Text = text[from..to],
            Matches = [.. matches.Where(m => m.Start >= from && m.Start + m.Length <= to).Select(m => new MatchSpan { Start = m.Start - from, Length = m.Length })],
        };
    }

    private static bool IsMatch(string written, SearchTerm term) => SearchTokens.Of(written).Any(word => SearchRank.Matches(word, term));

    private static bool IsPart(string text, MatchSpan span, IReadOnlyList<SearchTerm> terms) =>
        SearchTokens.OfPhone(text).Any(number => terms.Any(term => number.StartsWith(term.Words[0], StringComparison.Ordinal))) && span.Length > 0;

    private static IEnumerable<MatchSpan> WordsOf(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && IsOfWord(RuneAt(text, i))) i += RuneAt(text, i).Utf16SequenceLength;
            if (i > start) yield return new MatchSpan { Start = start, Length = i - start };
            else i += RuneAt(text, i).Utf16SequenceLength;
        }
    }

    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || rune.Value is '\'' or '’' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static int WordStart(string text, int at)
    {
        if (char.IsLowSurrogate(text[at]) && at > 0) at--;
        while (at > 0 && IsOfWord(RuneAt(text, Before(text, at)))) at = Before(text, at);
        return at;

        static int Before(string text, int at) => at > 1 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? at - 2 : at - 1;
    }

    private static Rune RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;
}

/// <summary>A text, or a part of it, with the places that match.</summary>
public sealed record Highlight
{
    /// <summary>Which text: <c>name</c>, <c>identity</c>, <c>subject</c>, <c>body</c>.</summary>
    public required string Field { get; init; }

    public required string Text { get; init; }
    public required IReadOnlyList<MatchSpan> Matches { get; init; }
}

/// <summary>Characters are counted in UTF-16, as JavaScript does.</summary>
public sealed record MatchSpan
{
    public required int Start { get; init; }
    public required int Length { get; init; }
}
