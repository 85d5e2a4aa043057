using CustomerCrm.Customers.Searching;

namespace CustomerCrm.Articles;

/// <summary>A name in addresses: letters a to z, digits and hyphens. Pure.</summary>
internal static class ArticleSlug
{
    public const int Longest = 80;

    /// <summary>For attributes: what a slug may be.</summary>
    public const string Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <returns>Null, where nothing is left of the title: it is in another alphabet.</returns>
    public static string? Of(string title)
    {
        var slug = "";
        foreach (var word in NameKey.Words(title).Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0))
        {
            if (slug.Length + word.Length + 1 > Longest) break;
            slug = slug.Length == 0 ? word : $"{slug}-{word}";
        }
        return slug.Length == 0 ? null : slug;
    }
}
