namespace CustomerCrm.Articles.Finding;

/// <summary>
/// How well a text answers what was asked. Pure. BM25 over fields (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009):
/// rare words count more than common ones, a title more than keywords and those more than the text, a second mention less than the first, long texts no more than short ones. What finds
/// only a small part of what was asked is left out; a good record of votes moves an answer a little.
/// </summary>
internal static class ArticleRank
{
    private const double TitleWeight = 6, KeyWeight = 4, Saturation = 1.2, LengthShare = 0.6, WholeTitle = 1.15;

    /// <summary>Of what was asked, weighed by how rare the words are; a little less in a title, more in passing.</summary>
    public const double LeastCoverage = 0.45;

    // A part of what was asked is more of an answer where a text is about it than where it says it in passing.
    private const double LessInTitle = 0.1, MoreInPassing = 0.15;

    /// <returns>Null: it does not answer.</returns>
    /// <param name="text">The text.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="corpus">What is known of all texts.</param>
    /// <param name="leastCoverage">How much of it must be found.</param>
    public static RankedText? Of(IndexedText text, ArticleQuery query, CorpusFigures corpus, double leastCoverage = LeastCoverage)
    {
        var (found, all, got) = (new List<FoundWord>(), 0.0, 0.0);
        foreach (var word in query.Words)
        {
            var worth = corpus.RarityOf(word.Alternatives[0].Terms);
            all += worth;
            if (word.Alternatives.Select(one => Find(text, word, one, corpus)).OfType<FoundWord>().MaxBy(one => one.Points) is not { } best) continue;
            found.Add(best);
            got += worth;
        }
        if (found.Count == 0) return null;
        var least = leastCoverage + (found.Any(word => word.Field == "title") ? -LessInTitle : found.Any(word => word.Field == "keywords") ? 0 : MoreInPassing);
        if (got / all < least) return null;
        var isTitle = text.Title.Keys.Where(term => term[0] != '_').All(term => query.Words.Any(word => word.Alternatives.Any(one => one.Terms.Contains(term, StringComparer.Ordinal))) || Analytics.Words.StopWords.Has(term));
        var score = found.Sum(word => word.Points) * (0.5 + 0.5 * got / all) * (isTitle ? WholeTitle : 1) * Standing(text.Helpful, text.Unhelpful);
        return new RankedText(text, score, got / all, found);
    }

    /// <summary>Between 0.95 and 1.05: few votes say little.</summary>
    public static double Standing(int helpful, int unhelpful) => 0.95 + 0.1 * (helpful + 2.0) / (helpful + unhelpful + 4.0);

    private static FoundWord? Find(IndexedText text, AskedWord word, Alternative alternative, CorpusFigures corpus)
    {
        var present = alternative.Terms.Where(text.Has).ToArray();
        if (present.Length == 0 || present.Length < alternative.NeededShare * alternative.Terms.Count) return null;
        var points = alternative.Weight * present.Length / alternative.Terms.Count * present.Average(term => corpus.RarityOf(term) * Often(text, term, corpus));
        return new FoundWord(word.Typed, alternative.Meant, alternative.By, text.FieldOf(present), points);
    }

    private static double Often(IndexedText text, string term, CorpusFigures corpus)
    {
        var length = 1 - LengthShare + LengthShare * text.Length / Math.Max(1, corpus.AverageLength);
        var times = TitleWeight * text.Title.GetValueOrDefault(term) + KeyWeight * text.Keys.GetValueOrDefault(term) + text.Body.GetValueOrDefault(term) / length;
        return times * (Saturation + 1) / (times + Saturation);
    }
}

/// <summary>A text as the index has it.</summary>
internal sealed record IndexedText
{
    public required IReadOnlyDictionary<string, int> Title { get; init; }
    public required IReadOnlyDictionary<string, int> Keys { get; init; }
    public required IReadOnlyDictionary<string, int> Body { get; init; }
    public int Helpful { get; init; }
    public int Unhelpful { get; init; }

    public int Length => Body.Values.Sum();

    public bool Has(string term) => Title.ContainsKey(term) || Keys.ContainsKey(term) || Body.ContainsKey(term);

    /// <summary>Where it stands best.</summary>
    public string FieldOf(IReadOnlyCollection<string> terms) => terms.Any(Title.ContainsKey) ? "title" : terms.Any(Keys.ContainsKey) ? "keywords" : "body";
}

/// <summary>What the ranking must know of all the tenant's texts.</summary>
/// <param name="Texts">How many there are.</param>
/// <param name="AverageLength">Terms in one.</param>
/// <param name="Uses">In how many of them each term stands.</param>
internal sealed record CorpusFigures(int Texts, double AverageLength, IReadOnlyDictionary<string, int> Uses)
{
    public double RarityOf(string term)
    {
        var uses = Math.Min(Uses.GetValueOrDefault(term), Texts);
        return Math.Log(1 + (Texts - uses + 0.5) / (uses + 0.5));
    }

    public double RarityOf(IReadOnlyList<string> terms) => terms.Max(RarityOf);
}

/// <param name="Text">Which.</param>
/// <param name="Score">The larger, the better; comparable within one search.</param>
/// <param name="Coverage">How much of what was asked it has, 0 to 1.</param>
/// <param name="Found">Why.</param>
internal sealed record RankedText(IndexedText Text, double Score, double Coverage, IReadOnlyList<FoundWord> Found);

/// <summary>A word of what was asked, and how it was found.</summary>
/// <param name="Typed">As it was asked for.</param>
/// <param name="Matched">What stands in the article.</param>
/// <param name="By">How the two belong together.</param>
/// <param name="Field">Where it stands: title, keywords or body.</param>
/// <param name="Points">What it adds to the score.</param>
public sealed record FoundWord(string Typed, string Matched, MatchKind By, string Field, double Points);
