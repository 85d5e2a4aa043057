namespace CustomerCrm.Articles;

/// <summary>Language tags as RFC 5646 recommends to write them (2.1.1): de-AT, zh-Hant. So that each language is there once. Pure.</summary>
internal static class LocaleTag
{
    public static string Of(string tag) => string.Join('-', tag.Split('-').Select((part, i) =>
        i == 0 ? part.ToLowerInvariant()
        : part.Length == 2 ? part.ToUpperInvariant()
        : part.Length == 4 && char.IsLetter(part[0]) ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()
        : part.ToLowerInvariant()));
}
