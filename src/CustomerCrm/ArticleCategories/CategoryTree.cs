using CustomerCrm.Platform.Data;

namespace CustomerCrm.ArticleCategories;

/// <summary>What may stand in what. Pure.</summary>
internal static class CategoryTree
{
    public const int Deepest = 5;

    /// <summary>Those above it, the nearest first. Ends where it would go round.</summary>
    public static IReadOnlyList<Id<ArticleCategory>> Above(Id<ArticleCategory> category, IReadOnlyDictionary<Id<ArticleCategory>, Id<ArticleCategory>?> parents)
    {
        var above = new List<Id<ArticleCategory>>();
        for (var at = parents.GetValueOrDefault(category); at is { } parent && parent != category && !above.Contains(parent); at = parents.GetValueOrDefault(parent)) above.Add(parent);
        return above;
    }

    /// <summary>How many levels stand in it, with its own.</summary>
    public static int Height(Id<ArticleCategory> category, IReadOnlyDictionary<Id<ArticleCategory>, Id<ArticleCategory>?> parents) =>
        1 + parents.Where(p => p.Value == category && p.Key != category).Select(p => Height(p.Key, parents)).DefaultIfEmpty(0).Max();

    /// <returns>Null: it may stand there. Else why not.</returns>
    public static string? WhyNot(Id<ArticleCategory> category, Id<ArticleCategory>? parent, IReadOnlyDictionary<Id<ArticleCategory>, Id<ArticleCategory>?> parents)
    {
        if (parent is not { } wanted) return null;
        if (wanted == category || Above(wanted, parents).Contains(category)) return "goes_round";
        return Above(wanted, parents).Count + 1 + Height(category, parents) > Deepest ? "too_deep" : null;
    }
}
