using CustomerCrm.Analytics.Words;

namespace CustomerCrm.Articles.Finding;

/// <summary>What was asked for, with everything that it can have meant. Pure.</summary>
/// <param name="Words">Those that say something; each may be found by any of its alternatives.</param>
internal sealed record ArticleQuery(IReadOnlyList<AskedWord> Words)
{
    private const double SynonymWeight = 0.8, SpellingWeight = 0.7, PartWeight = 0.5, NeededParts = 0.6;

    public IReadOnlyList<string> Terms => [.. Words.SelectMany(word => word.Alternatives).SelectMany(one => one.Terms).Distinct(StringComparer.Ordinal)];

    /// <param name="words">Folded, in the order in which they were typed.</param>
    /// <param name="synonyms">Sets of words and phrases that mean the same, folded.</param>
    /// <param name="meant">What an unknown word is near to; nothing for a known one.</param>
    public static ArticleQuery Of(IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<string[]>> synonyms, IReadOnlyDictionary<string, IReadOnlyList<string>> meant)
    {
        var asked = new List<AskedWord>();
        var telling = StopWords.Without(words).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < words.Count;)
        {
            var (phrase, others) = Synonyms(words, i, synonyms);
            if (phrase.Length == 0 && telling.Contains(words[i])) phrase = [words[i]];
            if (phrase.Length > 0) asked.Add(new AskedWord(string.Join(' ', phrase), [.. AlternativesOf(phrase, others, phrase.Length == 1 ? meant.GetValueOrDefault(phrase[0], []) : [])]));
            i += Math.Max(1, phrase.Length);
        }
        return new ArticleQuery([.. asked.DistinctBy(word => word.Typed)]);
    }

    private static IEnumerable<Alternative> AlternativesOf(string[] phrase, IEnumerable<string[]> synonyms, IReadOnlyList<string> meant)
    {
        foreach (var own in Forms(phrase)) yield return new Alternative(own, 1, MatchKind.Word, string.Join(' ', phrase));
        foreach (var synonym in synonyms)
            foreach (var form in Forms(synonym)) yield return new Alternative(form, SynonymWeight, MatchKind.Synonym, string.Join(' ', synonym));
        foreach (var (at, word) in meant.Index())
            foreach (var form in Forms([word])) yield return new Alternative(form, SpellingWeight - 0.1 * at, MatchKind.Spelling, word);
        if (phrase.Length == 1 && ArticleTerms.Parts(phrase[0]) is { Count: > 0 } parts) yield return new Alternative(parts, PartWeight, MatchKind.Part, phrase[0]) { NeededShare = NeededParts };
    }

    // English texts hold stems, the others the words as they are.
    private static IEnumerable<string[]> Forms(string[] words)
    {
        string[] stems = [.. words.Select(EnglishStem.Of)];
        yield return stems;
        if (!stems.SequenceEqual(words, StringComparer.Ordinal)) yield return words;
    }

    /// <summary>The longest phrase that begins here and has synonyms, and those.</summary>
    private static (string[] Phrase, IReadOnlyList<string[]> Others) Synonyms(IReadOnlyList<string> words, int at, IReadOnlyList<IReadOnlyList<string[]>> sets)
    {
        var (longest, others) = (0, new List<string[]>());
        foreach (var set in sets)
            foreach (var member in set.Where(member => member.Length >= longest && StandsAt(words, at, member)))
            {
                if (member.Length > longest) others.Clear();
                longest = member.Length;
                others.AddRange(set.Where(other => other != member));
            }
        return ([.. words.Skip(at).Take(longest)], others);
    }

    private static bool StandsAt(IReadOnlyList<string> words, int at, string[] member) =>
        at + member.Length <= words.Count && member.Index().All(one => EnglishStem.Of(words[at + one.Index]) == EnglishStem.Of(one.Item));
}

/// <summary>A word, or a phrase that has synonyms.</summary>
internal sealed record AskedWord(string Typed, IReadOnlyList<Alternative> Alternatives);

/// <summary>One way in which a word can be found.</summary>
/// <param name="Terms">All of them, unless a smaller share is enough.</param>
/// <param name="Weight">What it is worth beside the word itself.</param>
/// <param name="By">How it came about.</param>
/// <param name="Meant">The word or phrase that it stands for.</param>
internal sealed record Alternative(IReadOnlyList<string> Terms, double Weight, MatchKind By, string Meant)
{
    public double NeededShare { get; init; } = 1;
}

/// <summary>How a word was found.</summary>
public enum MatchKind
{
    /// <summary>As it was typed, or another form of it.</summary>
    Word,

    /// <summary>By a word that means the same, as the tenant has said.</summary>
    Synonym,

    /// <summary>By a word that differs in a letter or two, since no article has the typed one.</summary>
    Spelling,

    /// <summary>By most of its letters, three in a row: another form of the word, in languages other than English.</summary>
    Part,
}
