using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help.Pages;

/// <summary>The tree of categories as a reader sees it: those in which nothing stands for them are left out. Pure.</summary>
internal sealed class CategoryList(HelpVisit visit, IReadOnlyList<ArticleCategory> categories, IReadOnlyList<ListedArticle> articles)
{
    public bool IsEmpty => Below(null).Text.Length == 0;

    /// <summary>Those that stand in one, with those that stand in them.</summary>
    public Html Below(Id<ArticleCategory>? parent)
    {
        var shown = categories.Where(one => one.ParentId == parent && CountOf(one.Id) > 0).ToArray();
        return shown.Length == 0 ? Html.None : Html.Of($"<ul class=\"list\">\n{Html.Join(shown.Select(Item))}</ul>\n");
    }

    /// <summary>Those that it stands in, the outermost first.</summary>
    public IEnumerable<(string Title, string Path)> Above(ArticleCategory category) =>
        CategoryTree.Above(category.Id, categories.ToDictionary(one => one.Id, one => one.ParentId)).Reverse()
            .Select(id => categories.First(one => one.Id == id)).Select(one => (NameOf(one, visit.Locale).Name, PathOf(one)));

    /// <summary>In the reader's language, else in any.</summary>
    public static CategoryName NameOf(ArticleCategory category, string locale) =>
        category.Names[ArticleLocales.Nearest(locale, [.. category.Names.Keys]) ?? category.Names.Keys.First()];

    private Html Item(ArticleCategory category)
    {
        var name = NameOf(category, visit.Locale);
        var description = name.Description is { } said ? Html.Of($"<p class=\"hint\">{said}</p>") : Html.None;
        return Html.Of($"<li><a href=\"{PathOf(category)}\">{name.Name}</a> <span class=\"hint\">({CountOf(category.Id).ToString(System.Globalization.CultureInfo.InvariantCulture)})</span>{description}{Below(category.Id)}</li>\n");
    }

    private int CountOf(Id<ArticleCategory> category) => articles.Count(article => article.CategoryId == category) + categories.Where(one => one.ParentId == category).Sum(one => CountOf(one.Id));

    private string PathOf(ArticleCategory category) => $"{visit.Home}/categories/{category.Slug}";
}
