using System.Text;

namespace CustomerCrm.Analytics.Topics;

/// <summary>A text as the classifier sees it: which words are in it, in lower case, each once.</summary>
public static class TopicWords
{
    /// <summary>What stands further behind says little more of what a text is about.</summary>
    public const int MostLetters = 20_000;

    private const int Shortest = 3, Longest = 30;

    /// <returns>In the order in which they are met. Numbers and words of one or two letters are left out.</returns>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var c in (text.Length > MostLetters ? text[..MostLetters] : text).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }
            if (word.Length is >= Shortest and <= Longest && word.ToString() is var whole && whole.Any(char.IsLetter) && known.Add(whole)) words.Add(whole);
            word.Clear();
        }
        return words;
    }
}

/// <summary>A text of which somebody has said what it is about.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Words">As <see cref="TopicWords.Of"/> finds them.</param>
public sealed record LabelledText(string Topic, IReadOnlyList<string> Words);
