namespace CustomerCrm.Articles.Suggesting;

/// <summary>A page that an article is for: a path, or a whole address, with a * for anything. Pure.</summary>
internal static class PagePattern
{
    /// <returns>How narrow the pattern is that the page matches, 0 to 1; null: it does not match.</returns>
    /// <param name="pattern">One that begins with / is compared with the address's path alone.</param>
    /// <param name="page">An address, or a path.</param>
    public static double? Match(string pattern, string page)
    {
        var target = pattern.StartsWith('/') ? PathOf(page) : page;
        return Fits(pattern, target) ? Math.Min(1, pattern.Count(c => c != '*') / (double)Math.Max(1, target.Length)) : null;
    }

    private static string PathOf(string page) =>
        page.StartsWith('/') ? page.Split('?', '#')[0] : Uri.TryCreate(page, UriKind.Absolute, out var address) ? address.AbsolutePath : page;

    // From the left, and back to the last star where it does not go on: never more than the product of both lengths.
    private static bool Fits(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, mark, p) = (p, t, p + 1);
            else if (p < pattern.Length && char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(text[t])) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t, mark) = (star + 1, mark + 1, mark + 1);
            else return false;
        }
        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }
}
