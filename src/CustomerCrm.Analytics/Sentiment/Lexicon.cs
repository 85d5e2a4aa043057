using System.Globalization;
using System.Reflection;
using System.Text;

namespace CustomerCrm.Analytics.Sentiment;

/// <summary>
/// What the words of a language say of how somebody feels, and which words turn, strengthen or weaken what stands beside them.
/// Read from a text file of our own, a group of words a line. Nothing in it is learnt from anybody's customers.
/// </summary>
public sealed class Lexicon
{
    private const int LongestPhrase = 4;

    private readonly Dictionary<string, double> weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> beginnings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> words = new(StringComparer.Ordinal);

    private Lexicon(string language) => Language = language;

    /// <summary>ISO 639-1: <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>Every language there is a file for.</summary>
    public static IReadOnlyList<Lexicon> All { get; } = [.. new[] { "en", "de", "fr" }.Select(Load)];

    /// <summary>Pictures and faces made of signs: the same in every language.</summary>
    internal static Lexicon Emoji { get; } = Load("emoji");

    /// <summary>The one of this language or BCP 47 tag; null if there is none.</summary>
    public static Lexicon? Of(string? language) => language is null ? null : All.FirstOrDefault(l => string.Equals(l.Language, language.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    /// <summary>A negation may stand behind what it turns: "gefällt mir nicht", "n'aime pas".</summary>
    internal bool NegatesAfter => Has("negates_after", "yes");

    internal IEnumerable<string> Entries => weights.Keys;

    /// <summary>The longest run of words from here that says something.</summary>
    /// <returns>How many words, and from -3 to 3; 0 words if none does.</returns>
    internal (int Words, double Weight) Find(IReadOnlyList<string> from)
    {
        for (var length = Math.Min(LongestPhrase, from.Count); length > 1; length--)
            if (weights.TryGetValue(string.Join('_', from.Take(length)), out var phrase)) return (length, phrase);
        return from.Count > 0 && Weigh(from[0]) is { } weight ? (1, weight) : (0, 0);
    }

    internal bool IsNegation(string word) => Has("negations", word) || word.EndsWith("n't", StringComparison.Ordinal) || (NegatesAfter && word.StartsWith("n'", StringComparison.Ordinal));

    internal bool IsBooster(string word) => Has("boosters", word);

    internal bool IsDampener(string word) => Has("dampeners", word);

    internal bool IsContrast(string word) => Has("contrasts", word);

    internal bool IsFunctionWord(string word) => Has("function", word);

    // "l'excellente": what is behind the apostrophe counts where the whole says nothing.
    private double? Weigh(string word)
    {
        if (weights.TryGetValue(word, out var weight)) return weight;
        for (var length = word.Length; length > 2; length--)
            if (beginnings.TryGetValue(word[..length], out var stem)) return stem;
        return word.IndexOf('\'', StringComparison.Ordinal) is var apostrophe and > 0 && apostrophe < word.Length - 1 ? Weigh(word[(apostrophe + 1)..]) : null;
    }

    private bool Has(string group, string word) => words.TryGetValue(group, out var all) && all.Contains(word);

    private static Lexicon Load(string name)
    {
        var lexicon = new Lexicon(name);
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"CustomerCrm.Analytics.Sentiment.Lexicons.{name}.txt")!;
        using var reader = new StreamReader(file, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') lexicon.Read(line);
        return lexicon;
    }

    private void Read(string line)
    {
        var at = line.IndexOf(": ", StringComparison.Ordinal);
        var (group, all) = (line[..at], line[(at + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (!double.TryParse(group, CultureInfo.InvariantCulture, out var weight))
        {
            words[group] = [.. all];
            return;
        }
        foreach (var word in all)
        {
            if (word[^1] == '*') beginnings.Add(word[..^1], weight);
            else weights.Add(word, weight);
        }
    }
}
