using CustomerCrm.Analytics.Words;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;

namespace CustomerCrm.Bots.Talking;

/// <summary>What somebody wants, by how it is said. Pure. A pattern settles it; else the words that a message and a phrase have in common, in any form and with a slip or two.</summary>
internal static class IntentMatch
{
    /// <summary>From here on an intent is recognised.</summary>
    public const double Least = 0.6;

    private const double Contained = 0.9, ContainedAlone = 0.7;

    /// <summary>All intents that have anything of the message, the best first.</summary>
    public static IReadOnlyList<IntentScore> Of(string message, BotFlow flow)
    {
        var words = WordsOf(message);
        return [.. flow.Intents.Select(intent => Best(intent, message, words, flow)).Where(score => score.Score > 0).OrderByDescending(score => score.Score).ThenBy(score => score.Intent, StringComparer.Ordinal)];
    }

    private static IntentScore Best(BotIntent intent, string message, IReadOnlyList<string> words, BotFlow flow)
    {
        foreach (var pattern in intent.Patterns)
            if (FlowPatterns.Find(pattern, message) is { } match)
                return new IntentScore(intent.Name, 1, "pattern", pattern, [match.Value])
                {
                    Slots = flow.Slots.Where(slot => match.Groups[slot.Name].Success).ToDictionary(slot => slot.Name, slot => match.Groups[slot.Name].Value, StringComparer.Ordinal),
                };
        return intent.Phrases.Select(phrase => Compare(intent.Name, phrase, words)).DefaultIfEmpty(new IntentScore(intent.Name, 0, "phrase", "", [])).MaxBy(score => score.Score)!;
    }

    private static IntentScore Compare(string intent, string phrase, IReadOnlyList<string> words)
    {
        var wanted = WordsOf(phrase);
        if (wanted.Count == 0 || words.Count == 0) return new IntentScore(intent, 0, "phrase", phrase, []);
        string[] common = [.. wanted.Where(word => words.Any(said => IsSame(word, said)))];
        // As much as both have in common (Dice); a long message may say more than the phrase.
        var both = 2.0 * common.Length / (wanted.Count + Math.Max(words.Count, common.Length));
        var inside = common.Length == wanted.Count ? (wanted.Count > 1 ? Contained : ContainedAlone) : 0;
        return new IntentScore(intent, Math.Round(Math.Min(1, Math.Max(both, inside)), 3), "phrase", phrase, common);
    }

    private static IReadOnlyList<string> WordsOf(string text) => StopWords.Without([.. SearchTokens.Of(text).Take(100).Distinct(StringComparer.Ordinal)]);

    private static bool IsSame(string one, string other) => one == other || EnglishStem.Of(one) == EnglishStem.Of(other)
        || (SearchTokens.IsSpelt(one) && SearchTokens.IsSpelt(other) && Spelling.Distance(one, other) <= Spelling.Tolerated(one.Length < other.Length ? one : other));
}

/// <summary>How much a message sounds like an intent.</summary>
/// <param name="Intent">Which.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="By">pattern or phrase.</param>
/// <param name="Matched">Which of them.</param>
/// <param name="Words">What they have in common.</param>
public sealed record IntentScore(string Intent, double Score, string By, string Matched, IReadOnlyList<string> Words)
{
    /// <summary>What the pattern's groups fill.</summary>
    public IReadOnlyDictionary<string, string> Slots { get; init; } = new Dictionary<string, string>();
}
