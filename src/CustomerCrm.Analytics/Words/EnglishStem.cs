namespace CustomerCrm.Analytics.Words;

/// <summary>
/// English words without their endings, by the rules of M. F. Porter, "An algorithm for suffix stripping" (Program 14, 1980): refunds, refunded and
/// refunding are all refund. Pure. Words of other alphabets, and those of one or two letters, stay as they are.
/// </summary>
public static class EnglishStem
{
    private static readonly (string From, string To)[] second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
        ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string From, string To)[] third = [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] fourth =
        ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"];

    /// <param name="word">In lower case, without accents.</param>
    public static string Of(string word)
    {
        if (word.Length < 3 || word.Any(c => c is < 'a' or > 'z')) return word;
        var stem = WithoutPast(WithoutPlural(word));
        if (stem[^1] == 'y' && HasVowel(stem[..^1])) stem = $"{stem[..^1]}i";
        stem = Replaced(Replaced(stem, second), third);
        return Tidy(WithoutSuffix(stem));
    }

    private static string WithoutPlural(string word) =>
        word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;

    private static string WithoutPast(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal)) return Measure(word[..^3]) > 0 ? word[..^1] : word;
        var stem = word.EndsWith("ed", StringComparison.Ordinal) ? word[..^2] : word.EndsWith("ing", StringComparison.Ordinal) ? word[..^3] : null;
        if (stem is null || !HasVowel(stem)) return word;
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal) || stem.EndsWith("iz", StringComparison.Ordinal)) return $"{stem}e";
        if (IsDoubled(stem) && stem[^1] is not ('l' or 's' or 'z')) return stem[..^1];
        return Measure(stem) == 1 && IsShort(stem) ? $"{stem}e" : stem;
    }

    // The longest ending decides, whether it may be replaced or not.
    private static string Replaced(string word, (string From, string To)[] endings)
    {
        var ending = endings.Where(e => word.EndsWith(e.From, StringComparison.Ordinal)).OrderByDescending(e => e.From.Length).FirstOrDefault();
        return ending.From is { } from && Measure(word[..^from.Length]) > 0 ? word[..^from.Length] + ending.To : word;
    }

    private static string WithoutSuffix(string word)
    {
        if (fourth.Where(e => word.EndsWith(e, StringComparison.Ordinal)).MaxBy(e => e.Length) is not { } ending) return word;
        var taken = ending is "sion" or "tion" ? 3 : ending.Length;
        return Measure(word[..^taken]) > 1 ? word[..^taken] : word;
    }

    private static string Tidy(string word)
    {
        if (word[^1] == 'e' && Measure(word[..^1]) is var m && (m > 1 || (m == 1 && !IsShort(word[..^1])))) word = word[..^1];
        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word) > 1 ? word[..^1] : word;
    }

    /// <summary>How often a consonant follows a vowel.</summary>
    private static int Measure(string word)
    {
        var count = 0;
        for (var i = 1; i < word.Length; i++)
            if (!IsVowel(word, i) && IsVowel(word, i - 1)) count++;
        return count;
    }

    private static bool HasVowel(string word) => Enumerable.Range(0, word.Length).Any(i => IsVowel(word, i));

    private static bool IsVowel(string word, int i) => word[i] is 'a' or 'e' or 'i' or 'o' or 'u' || (word[i] == 'y' && i > 0 && !IsVowel(word, i - 1));

    private static bool IsDoubled(string word) => word.Length > 1 && word[^1] == word[^2] && !IsVowel(word, word.Length - 1);

    private static bool IsShort(string word) => word.Length > 2
        && !IsVowel(word, word.Length - 1) && IsVowel(word, word.Length - 2) && !IsVowel(word, word.Length - 3) && word[^1] is not ('w' or 'x' or 'y');
}
