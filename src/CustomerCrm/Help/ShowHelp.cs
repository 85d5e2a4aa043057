using System.Globalization;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Articles.Views;
using CustomerCrm.Help.Pages;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help;

/// <summary>The pages that are read: the first one, a category, an article, and what a search finds.</summary>
internal static class ShowHelp
{
    private const int MostPopular = 5, MostFound = 20, ShortestText = 2, LongestText = 200;

    /// <summary>Without a language: to the page in the reader's.</summary>
    internal static async Task<IResult> Start(string slug, HttpContext http, HelpVisits visits, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, null, ct) is not { } visit) return Page.NotFound(http);
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.LocalRedirect(visit.Home);
    }

    internal static async Task<IResult> Home(string slug, string locale, HttpContext http, HelpVisits visits, HelpReader reader, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, locale, ct) is not { } visit) return Page.NotFound(http);
        var (categories, articles, popular) = (await reader.CategoriesAsync(ct), await reader.ListAsync(visit, ct), await reader.PopularAsync(visit, MostPopular, ct));
        var tree = new CategoryList(visit, categories, articles);
        var loose = articles.Where(article => article.CategoryId is null).ToArray();
        var intro = visit.Center.Intro is { } said ? Html.Of($"<p>{said}</p>\n") : Html.None;
        var body = Html.Of($"""
            {intro}{Section(visit.Texts.Popular, HelpLists.Of(visit, popular), popular.Count)}{Section(visit.Texts.Topics, tree.Below(null), tree.Below(null).Text.Length)}{Section(tree.IsEmpty ? visit.Texts.Topics : visit.Texts.Other, HelpLists.Of(visit, loose), loose.Length)}
            """);
        return HelpPage.Of(visit, visit.Center.Title ?? visit.Texts.Question, articles.Count == 0 ? Html.Of($"{intro}<p>{visit.Texts.NothingYet}</p>") : body,
            new HelpFrame { IsListed = true, IsKept = true, Description = visit.Center.Intro, Languages = [.. visit.Locales.Select(one => (one, visit.HomeIn(one)))] });
    }

    internal static async Task<IResult> Category(string slug, string locale, string category, HttpContext http, HelpVisits visits, HelpReader reader, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, locale, ct) is not { } visit) return Page.NotFound(http);
        var (categories, articles) = (await reader.CategoriesAsync(ct), await reader.ListAsync(visit, ct));
        if (categories.FirstOrDefault(one => one.Slug == category) is not { } shown) return NotFound(visit);
        var tree = new CategoryList(visit, categories, articles);
        var inside = articles.Where(article => article.CategoryId == shown.Id).ToArray();
        var name = CategoryList.NameOf(shown, visit.Locale);
        var description = name.Description is { } said ? Html.Of($"<p>{said}</p>\n") : Html.None;
        var nothing = inside.Length == 0 && tree.Below(shown.Id).Text.Length == 0 ? Html.Of($"<p>{visit.Texts.NothingYet}</p>") : Html.None;
        return HelpPage.Of(visit, name.Name, Html.Of($"{description}{HelpLists.Of(visit, inside)}{tree.Below(shown.Id)}{nothing}"), new HelpFrame
        {
            IsListed = true, IsKept = true, Description = name.Description, Crumbs = [(visit.Texts.Help, visit.Home), .. tree.Above(shown)],
            Languages = [.. visit.Locales.Select(one => (one, $"{visit.HomeIn(one)}/categories/{category}"))],
        });
    }

    internal static async Task<IResult> Article(string slug, string locale, string article, HttpContext http, HelpVisits visits, HelpReader reader, ViewCounter views, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, locale, ct) is not { } visit) return Page.NotFound(http);
        if (await reader.FindAsync(visit, article, ct) is not { } read) return NotFound(visit);
        if (read.Slug != article)
        {
            // Permanent, but asked for anew: another article may take the name.
            http.Response.Headers.CacheControl = "no-cache";
            return TypedResults.LocalRedirect($"{visit.Home}/articles/{read.Slug}", permanent: true);
        }
        await views.CountAsync(read.Id, http, ct);
        var categories = await reader.CategoriesAsync(ct);
        var tree = new CategoryList(visit, categories, []);
        IEnumerable<(string, string)> above = categories.FirstOrDefault(one => one.Id == read.CategoryId) is { } category ? [.. tree.Above(category), (CategoryList.NameOf(category, visit.Locale).Name, $"{visit.Home}/categories/{category.Slug}")] : [];
        var other = read.Locale == visit.Locale ? Html.None : Html.Of($"<p class=\"hint\">{visit.Texts.OtherLanguage}</p>\n");
        var day = read.PublishedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return HelpPage.Of(visit, read.Title, Html.Of($"""
            {other}<article lang="{read.Locale}">
            {new Html(RenderedArticles.Of(read.Body))}
            </article>
            <p class="hint">{string.Format(CultureInfo.InvariantCulture, visit.Texts.Updated, day)}</p>
            {VoteOnPage.Form(visit, read)}
            """), new HelpFrame
        {
            IsListed = true, IsKept = true, Description = read.Summary, TitleLocale = read.Locale, Crumbs = [(visit.Texts.Help, visit.Home), .. above],
            Languages = [.. (await reader.LocalesOfAsync(read.Id, ct)).Select(one => (one, $"{visit.HomeIn(one)}/articles/{read.Slug}"))],
        });
    }

    internal static async Task<IResult> Search(string slug, string locale, string? q, HttpContext http, HelpVisits visits, ArticleFinder finder, ArticleHits hits, SearchLog log, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, locale, ct) is not { } visit) return Page.NotFound(http);
        var typed = string.Concat((q ?? "").Where(c => !char.IsControl(c))).Trim();
        if (typed.Length > LongestText) typed = typed[..LongestText].Trim();
        var frame = new HelpFrame { Typed = typed };
        if (typed.Length < ShortestText) return HelpPage.Of(visit, visit.Texts.Search, Html.Of($"<p>{visit.Texts.SearchHint}</p>"), frame);
        var found = await finder.FindAsync(typed, visit.Readers, ct);
        var shown = await hits.ReadAsync([.. found.Texts.Take(MostFound)], found.Query, ct);
        await log.RecordAsync(typed, visit.Locale, SearchSource.HelpPage, shown.Count, ct);
        if (shown.Count == 0)
        {
            var contact = visit.Center.TakesContact ? Html.Of($"<p><a href=\"{visit.Home}/contact\">{visit.Texts.Contact}</a></p>") : Html.None;
            return HelpPage.Of(visit, visit.Texts.Search, Html.Of($"<p role=\"status\">{string.Format(CultureInfo.InvariantCulture, visit.Texts.NothingFound, typed)}</p>\n<p>{visit.Texts.TryOtherWords}</p>\n{contact}"), frame);
        }
        return HelpPage.Of(visit, visit.Texts.Search, Html.Of($"""
            <p role="status">{string.Format(CultureInfo.InvariantCulture, visit.Texts.Found, shown.Count, typed)}</p>
            {HelpLists.Of(visit, shown)}
            """), frame);
    }

    internal static HelpPage NotFound(HelpVisit visit) =>
        HelpPage.Of(visit, visit.Texts.NotFound, Html.Of($"<p>{visit.Texts.NotFoundHint}</p>\n<p><a href=\"{visit.Home}\">{visit.Texts.ToHelp}</a></p>"), new HelpFrame { Status = StatusCodes.Status404NotFound });

    private static Html Section(string heading, Html list, int count) => count == 0 ? Html.None : Html.Of($"<h2>{heading}</h2>\n{list}\n");
}
