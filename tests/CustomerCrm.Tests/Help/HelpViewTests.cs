using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Articles;
using CustomerCrm.Articles.Views;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Articles;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Help;

/// <summary>How often articles are read, of whom nothing is known.</summary>
public class HelpViewTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private SomeHelp help = null!;
    private Article article = null!;

    private string Path => $"{help.Home}/articles/{article.Slug}";

    [SetUp]
    public async Task OpenAsync()
    {
        help = await SomeHelp.NewAsync();
        article = await HelpTexts.PublishAsync(help.Acme, "Returns", "Thirty days.");
    }

    [Test]
    public async Task Fifty_readers_at_once_are_fifty_views_in_one_write_and_no_cookie()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReadAsync(Browser)));
        await WriteAsync();

        var shown = await ShownAsync();
        Assert.That((shown.Views, shown.RecentViews), Is.EqualTo((50, 50)));
        Assert.That(shown.Revision, Is.EqualTo(article.Revision), "being read changes nothing that somebody edits");
        Assert.That(answers.Select(a => (a.StatusCode, a.Headers.Contains("Set-Cookie"))), Is.All.EqualTo((HttpStatusCode.OK, false)));
    }

    [TestCase("")]
    [TestCase("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [TestCase("facebookexternalhit/1.1")]
    [TestCase("curl/8.5.0")]
    [TestCase("Mozilla/5.0 HeadlessChrome/120.0")]
    public async Task A_program_is_no_reader(string agent)
    {
        await ReadAsync(agent);
        await WriteAsync();

        Assert.That((await ShownAsync()).Views, Is.Zero);
    }

    [Test]
    public async Task What_shows_nobody_an_article_is_no_view()
    {
        await ReadAsync(Browser, HttpMethod.Head);
        await ReadAsync(Browser, HttpMethod.Get, ("Sec-Purpose", "prefetch;prerender"));
        await ReadAsync(Browser, path: $"{help.Home}/articles/nothing");
        await SomeHelp.SendAsync(TestApi.NewClient(), $"{Path}/vote", ("helpful", "yes"));
        await WriteAsync();

        Assert.That((await ShownAsync()).Views, Is.Zero);
    }

    [Test]
    public async Task A_reader_whose_browser_still_has_the_page_reads_it_again()
    {
        var tag = (await ReadAsync(Browser)).Headers.ETag!.ToString();

        var again = await ReadAsync(Browser, HttpMethod.Get, ("If-None-Match", tag));
        await WriteAsync();

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That((await ShownAsync()).Views, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_read_most_comes_first_in_the_list_and_on_the_page()
    {
        var second = await HelpTexts.PublishAsync(help.Acme, "Refunds", "A week.");
        await HelpTexts.PublishAsync(help.Acme, "Prices", "Fair.");
        await ReadAsync(Browser);
        for (var i = 0; i < 3; i++) await ReadAsync(Browser, path: $"{help.Home}/articles/{second.Slug}");
        await WriteAsync();

        var popular = await SomeHelp.TextAsync(await TestApi.NewClient().GetAsync(help.Home));
        var section = popular[popular.IndexOf("<h2>Popular</h2>", StringComparison.Ordinal)..popular.IndexOf("<h2>Topics</h2>", StringComparison.Ordinal)];

        foreach (var sort in new[] { "-views", "-recent_views" })
            Assert.That(await TitlesAsync($"sort={sort}&limit=2"), Is.EqualTo(new[] { second.Slug, article.Slug }), sort);
        Assert.That(section.IndexOf("Refunds", StringComparison.Ordinal), Is.LessThan(section.IndexOf("Returns", StringComparison.Ordinal)));
        Assert.That(section, Does.Not.Contain("Prices"));
    }

    [Test]
    public async Task After_thirty_days_a_view_is_one_of_all_and_no_recent_one()
    {
        await ReadAsync(Browser);
        await WriteAsync();
        await help.Acme.WithScopeAsync(services => services.GetRequiredService<TenantDb>().ExecuteAsync(
            TenantSql.Of("UPDATE ArticleViews SET Day = @Day WHERE TenantId = @TenantId AND ArticleId = @ArticleId"), new { Day = DateOnly.FromDateTime(TestApi.Clock.GetUtcNow().UtcDateTime).AddDays(-30), ArticleId = article.Id }, default));

        await help.Acme.WithScopeAsync(services => services.GetRequiredService<IJob<RecountArticleViews>>().RunAsync(new RecountArticleViews(), default));

        var shown = await ShownAsync();
        Assert.That((shown.Views, shown.RecentViews), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task An_address_with_an_old_name_leads_to_the_new_one()
    {
        var old = Path;
        await RenameAsync(article, "returns-2030");
        await RenameAsync(article, "sending-back");

        var moved = await ReadAsync(Browser, path: old);
        var vote = await SomeHelp.SendAsync(TestApi.NewClient(), $"{old}/vote", ("helpful", "yes"));

        Assert.That((moved.StatusCode, moved.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.MovedPermanently, $"{help.Home}/articles/sending-back")));
        Assert.That(vote.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a page that was open meanwhile still votes");
        foreach (var slug in new[] { article.Slug, "returns-2030", "sending-back" }) Assert.That(await TitlesAsync($"filter[slug][eq]={slug}"), Is.EqualTo(new[] { "sending-back" }), slug);
    }

    [Test]
    public async Task A_name_that_another_article_takes_is_that_articles_and_one_taken_back_leads_nowhere_else()
    {
        var old = article.Slug;
        await RenameAsync(article, "sending-back");
        var other = await HelpTexts.PublishAsync(help.Acme, "Other", "Something else.", also: new { slug = old });

        var taken = await ReadAsync(Browser, path: $"{help.Home}/articles/{old}");
        await RenameAsync(other, "other");
        await RenameAsync(article, old);

        Assert.That(await SomeHelp.TextAsync(taken), Does.Contain("Something else."));
        Assert.That(await SomeHelp.TextAsync(await ReadAsync(Browser, path: $"{help.Home}/articles/{old}")), Does.Contain("Thirty days."));
        Assert.That((await ReadAsync(Browser, path: $"{help.Home}/articles/sending-back")).Headers.Location?.OriginalString, Is.EqualTo($"{help.Home}/articles/{old}"));
    }

    [Test]
    public async Task An_old_name_tells_nobody_of_what_they_may_not_read()
    {
        var old = Path;
        await RenameAsync(article, "secret-prices");
        await TestTenant.ReadAsync<JsonElement>(await help.Acme.Http.PatchAsJsonAsync($"/v1/articles/{article.Id}", new { visibility = "internal" }));

        Assert.That((await ReadAsync(Browser, path: old)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_old_name_is_given_to_no_new_article_by_itself()
    {
        var old = article.Slug;
        await RenameAsync(article, "sending-back");

        var next = await help.Acme.CreateAsync<Article>("/v1/articles", new { title = "Returns", body = "New.", locale = "en" });

        Assert.That(next.Slug, Does.StartWith($"{old}-"));
    }

    private async Task RenameAsync(Article which, string slug) => await TestTenant.ReadAsync<JsonElement>(await help.Acme.Http.PatchAsJsonAsync($"/v1/articles/{which.Id}", new { slug }));

    private Task<Article> ShownAsync() => help.Acme.GetAsync<Article>($"/v1/articles/{article.Id}");

    private async Task<string[]> TitlesAsync(string query) => [.. (await help.Acme.GetAsync<JsonElement>($"/v1/articles?{query}")).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("slug").GetString()!)];

    private async Task<HttpResponseMessage> ReadAsync(string agent, HttpMethod? method = null, (string Name, string Value)? header = null, string? path = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path ?? Path);
        if (agent.Length > 0) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (header is { } said) request.Headers.TryAddWithoutValidation(said.Name, said.Value);
        return await TestApi.NewClient().SendAsync(request);
    }

    private static Task WriteAsync() => TestApi.Services.GetRequiredService<ViewWriter>().WriteAsync(default);
}
