using CustomerCrm.Articles.Finding;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help.Pages;

/// <summary>Lists of articles on a page. Pure.</summary>
internal static class HelpLists
{
    public static Html Of(HelpVisit visit, IReadOnlyCollection<ListedArticle> articles) => articles.Count == 0 ? Html.None
        : Html.Of($"<ul class=\"list\">\n{Html.Join(articles.Select(one => Item(visit, one.Locale, one.Slug, one.Title, one.Summary)))}</ul>\n");

    public static Html Of(HelpVisit visit, IReadOnlyCollection<ArticleHit> hits) => Html.Of($"<ul class=\"list\">\n{Html.Join(hits.Select(one => Item(visit, one.Locale, one.Slug, one.Title, one.Summary ?? one.Excerpt)))}</ul>\n");

    private static Html Item(HelpVisit visit, string locale, string slug, string title, string? summary)
    {
        var language = locale == visit.Locale ? Html.None : Html.Of($" lang=\"{locale}\"");
        var below = summary is null ? Html.None : Html.Of($"<p class=\"hint\">{summary}</p>");
        return Html.Of($"<li{language}><a href=\"{visit.Home}/articles/{slug}\">{title}</a>{below}</li>\n");
    }
}
