namespace CustomerCrm.Search;

/// <summary>
/// A word as SQLite's tokenizer leaves it whole. Its Unicode is older than .NET's: a few signs of New Tai Lue and of Vedic were marks then and are
/// letters today. There it would part the word, and the index, which keeps no places, can look for no two tokens that stand together. Pure.
/// </summary>
internal static class SingleToken
{
    /// <summary>The word itself; of a letter that would part it, its number between two underscores, which are no letters of any word.</summary>
    public static string Of(string word) => word.Any(Parts) ? string.Concat(word.Select(c => Parts(c) ? $"_{(int)c:x}_" : c.ToString())) : word;

    private static bool Parts(char c) => c is (>= '\u19B0' and <= '\u19C0') or '\u19C8' or '\u19C9' or '\u1CF2' or '\u1CF3';
}
