namespace CustomerCrm.Analytics.Sentiment;

/// <summary>Finds the words that say something, and what is done to each by what stands around it.</summary>
internal static class SentimentEvidenceSearch
{
    private const int Reach = 3;

    // "Not good" is bad, but "not bad" is little praise.
    private const double NegatedPraise = -0.8, NegatedComplaint = -0.4, Boost = 1.4, Damp = 0.6, Shout = 1.25, Draw = 1.2, Exclaim = 1.1, After = 1.3, Before = 0.7;

    public static IEnumerable<SentimentEvidence> In(IReadOnlyList<SentimentToken> tokens, Lexicon? lexicon, string text)
    {
        var isShoutedThroughout = tokens.Where(t => t.Kind == TokenKind.Word).All(t => t.IsShouted || t.Length < 3);
        for (var at = 0; at < tokens.Count;)
        {
            var token = tokens[at];
            var (length, weight) = token.Kind switch
            {
                TokenKind.Emoji => Lexicon.Emoji.Find([token.Text]),
                TokenKind.Word when lexicon is not null => lexicon.Find(WordsFrom(tokens, at)),
                _ => (0, 0),
            };
            if (length > 0)
            {
                var (counted, effects) = token.Kind == TokenKind.Emoji ? (weight, []) : InPlace(tokens, at, length, weight, lexicon!, isShoutedThroughout);
                var last = tokens[at + length - 1];
                yield return new SentimentEvidence { Text = text[token.Start..(last.Start + last.Length)], Start = token.Start, Weight = weight, Counted = Math.Round(counted, 3), Effects = effects };
            }
            at += Math.Max(1, length);
        }
    }

    private static (double Counted, IReadOnlyList<string> Effects) InPlace(IReadOnlyList<SentimentToken> tokens, int at, int length, double weight, Lexicon lexicon, bool isShoutedThroughout)
    {
        var effects = new List<string>();
        void Apply(bool holds, string effect, double factor)
        {
            if (!holds) return;
            effects.Add(effect);
            weight *= factor;
        }

        var before = Neighbours(tokens, at, -1).ToList();
        var behind = Neighbours(tokens, at + length - 1, 1).ToList();
        Apply(before.Take(2).Any(t => lexicon.IsBooster(t.Text)), "boosted", Boost);
        Apply(before.Take(2).Any(t => lexicon.IsDampener(t.Text)), "dampened", Damp);
        Apply(before.Any(t => lexicon.IsNegation(t.Text)) || (lexicon.NegatesAfter && behind.Any(t => lexicon.IsNegation(t.Text))), "negated", weight > 0 ? NegatedPraise : NegatedComplaint);
        Apply(tokens[at].IsShouted && !isShoutedThroughout, "shouted", Shout);
        Apply(tokens[at].IsDrawnOut, "drawn_out", Draw);
        Apply(IsExclaimed(tokens, at), "exclaimed", Exclaim);
        var contrast = ContrastOf(tokens, at, lexicon);
        Apply(contrast > 0, "after_contrast", After);
        Apply(contrast < 0, "before_contrast", Before);
        return (weight, effects);
    }

    // Up to three words to one side, no farther than the clause goes.
    private static IEnumerable<SentimentToken> Neighbours(IReadOnlyList<SentimentToken> tokens, int from, int step)
    {
        for (var (i, seen) = (from + step, 0); i >= 0 && i < tokens.Count && seen < Reach && tokens[i].Kind == TokenKind.Word; (i, seen) = (i + step, seen + 1)) yield return tokens[i];
    }

    private static bool IsExclaimed(IReadOnlyList<SentimentToken> tokens, int at) =>
        tokens.Skip(at).FirstOrDefault(t => t.Kind is TokenKind.Exclamation || t is { Kind: TokenKind.Break, Text: "." or "?" or "\n" })?.Kind == TokenKind.Exclamation;

    // In a sentence with a "but", what comes behind it is what is meant.
    private static int ContrastOf(IReadOnlyList<SentimentToken> tokens, int at, Lexicon lexicon)
    {
        static bool Ends(SentimentToken t) => t.Kind == TokenKind.Exclamation || t is { Kind: TokenKind.Break, Text: "." or "?" or "\n" };
        for (var i = at - 1; i >= 0 && !Ends(tokens[i]); i--)
            if (lexicon.IsContrast(tokens[i].Text)) return 1;
        for (var i = at + 1; i < tokens.Count && !Ends(tokens[i]); i++)
            if (lexicon.IsContrast(tokens[i].Text)) return -1;
        return 0;
    }

    private static IReadOnlyList<string> WordsFrom(IReadOnlyList<SentimentToken> tokens, int at) => [.. tokens.Skip(at).Take(4).TakeWhile(t => t.Kind == TokenKind.Word).Select(t => t.Text)];
}
