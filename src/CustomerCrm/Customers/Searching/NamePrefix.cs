using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Customers.Searching;

/// <summary>How a list is asked for names that begin with a text: by the keys that <see cref="NameKey"/> makes of them.</summary>
internal static class NamePrefix
{
    private const int Longest = 200;

    /// <summary>Reads the key of what was typed. A text without a letter or a digit has none, and would be the beginning of every name.</summary>
    public static FilterType Type(string example) =>
        FilterType.Text(Longest, example) with { Read = text => text.Length <= Longest && !text.Any(char.IsControl) && NameKey.Of(text) is { Length: > 0 } key ? key : null };

    /// <summary>Behind all keys that begin so, whatever character comes next.</summary>
    public static string EndOf(string key) => $"{key}\U0010FFFF";
}
