namespace CustomerCrm.Analytics.Sentiment;

/// <summary>
/// Reads how somebody feels from words whose meaning is written down, and from what stands around them. The sum of what is found becomes a score by
/// sum / √(sum² + 15), as in C. J. Hutto and E. Gilbert 2014, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text" (ICWSM),
/// from which the idea of rules around a lexicon is; the words, weights and rules here are our own.
/// </summary>
public static class SentimentReader
{
    /// <summary>What lies this far from the middle, or farther, is not neutral.</summary>
    internal const double Threshold = 0.2;

    private const double Normal = 15;
    private const int MostEvidence = 100, MostCharacters = 20_000;

    /// <param name="text">Of any length; the first 20,000 characters are read.</param>
    /// <param name="language">Where it is known (BCP 47); else it is guessed from the little words.</param>
    public static SentimentReading Read(string text, string? language = null)
    {
        var tokens = SentimentToken.Of(text.Length > MostCharacters ? text[..MostCharacters] : text);
        var lexicon = Lexicon.Of(language) ?? Guess(tokens);
        var found = SentimentEvidenceSearch.In(tokens, lexicon, text).ToList();
        var (praise, complaint) = (found.Where(e => e.Counted > 0).Sum(e => e.Counted), -found.Where(e => e.Counted < 0).Sum(e => e.Counted));
        var sum = praise - complaint;
        var score = sum / Math.Sqrt((sum * sum) + Normal);
        var label = LabelOf(score, praise, complaint);
        return new SentimentReading
        {
            Score = Math.Round(score, 4),
            Label = label,
            Confidence = Math.Round(ConfidenceOf(label, praise, complaint, lexicon is not null), 4),
            Language = lexicon?.Language,
            Evidence = [.. found.Take(MostEvidence)],
        };
    }

    private static SentimentLabel LabelOf(double score, double praise, double complaint) =>
        Math.Min(praise, complaint) >= 1.5 && Math.Min(praise, complaint) > 0.6 * Math.Max(praise, complaint) ? SentimentLabel.Mixed
        : score >= Threshold ? SentimentLabel.Positive
        : score <= -Threshold ? SentimentLabel.Negative
        : SentimentLabel.Neutral;

    // With one word more for each side than was found, so that a single word does not make certain.
    private static double ConfidenceOf(SentimentLabel label, double praise, double complaint, bool isLanguageKnown) => label switch
    {
        SentimentLabel.Positive => (praise + 1) / (praise + complaint + 2),
        SentimentLabel.Negative => (complaint + 1) / (praise + complaint + 2),
        SentimentLabel.Mixed => Math.Min(praise, complaint) / Math.Max(praise, complaint),
        _ => isLanguageKnown ? 1 / (1 + praise + complaint) * 0.8 : 0,
    };

    // The little words tell a language apart; one or two of them may be another's, too.
    private static Lexicon? Guess(IReadOnlyList<SentimentToken> tokens)
    {
        var words = tokens.Where(t => t.Kind == TokenKind.Word).Select(t => t.Text).Take(500).ToArray();
        var best = Lexicon.All.Select(l => (Lexicon: l, Hits: words.Count(w => l.IsFunctionWord(w) || l.IsNegation(w)) + (0.5 * words.Count(w => l.Find([w]).Words > 0)))).MaxBy(l => l.Hits);
        return words.Length > 0 && best.Hits >= Math.Max(0.5, words.Length * 0.1) ? best.Lexicon : null;
    }
}
