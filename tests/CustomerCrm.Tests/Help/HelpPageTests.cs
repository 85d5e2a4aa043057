using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Articles;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Help;

public class HelpPageTests
{
    private SomeHelp help = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        help = await SomeHelp.NewAsync();
        await help.WriteAsync();
        http = TestApi.NewClient();
    }

    [TearDown]
    public void Close() => http.Dispose();

    [Test]
    public async Task The_first_page_shows_topics_and_what_is_for_everybody()
    {
        var html = await GetAsync(help.Home);

        Assert.That(html, Does.Contain("Ask &lt;us&gt; anything.").And.Contain("Orders &amp; delivery").And.Contain("When is my refund paid?"));
        Assert.That(html, Does.Not.Contain("Prices of partners").And.Not.Contain("How we refuse"));
        Assert.That(await GetAsync($"{help.Home}/categories/orders"), Does.Contain("How do I send something back?"));
    }

    [Test]
    public async Task Without_a_language_the_readers_own_is_taken()
    {
        http.DefaultRequestHeaders.Add("Accept-Language", "de-AT, en;q=0.5");

        var answer = await http.GetAsync($"/help/{help.Slug}");

        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.Redirect, $"/help/{help.Slug}/de")));
        Assert.That(answer.Headers.Vary, Does.Contain("Accept-Language"));
        var html = await GetAsync($"/help/{help.Slug}/de");
        Assert.That(html, Does.Contain("lang=\"de\"").And.Contain("Themen").And.Contain("<li lang=\"en\">"));
    }

    [Test]
    public async Task An_article_is_shown_safely_and_in_the_language_there_is()
    {
        var html = await GetAsync($"{help.Home}/articles/how-do-i-send-something-back");
        Assert.That(html, Does.Contain("<h2>Label</h2>").And.Contain("<strong>30 days</strong>").And.Contain("&lt;script&gt;").And.Not.Contain("<script"));
        Assert.That(html, Does.Contain($"href=\"/help/{help.Slug}/de/articles/how-do-i-send-something-back\""));

        Assert.That(await GetAsync($"/help/{help.Slug}/de/articles/how-do-i-send-something-back"), Does.Contain("Sie haben 30 Tage."));
        Assert.That(await GetAsync($"/help/{help.Slug}/de/articles/when-is-my-refund-paid"), Does.Contain("noch nicht in Ihrer Sprache").And.Contain("<article lang=\"en\">"));
    }

    [Test]
    public async Task Who_has_read_a_page_is_answered_in_a_few_bytes_until_it_changes()
    {
        var path = $"{help.Home}/articles/when-is-my-refund-paid";
        var first = await http.GetAsync(path);
        Assert.That(first.Headers.CacheControl, Is.EqualTo(System.Net.Http.Headers.CacheControlHeaderValue.Parse("public, no-cache")));
        Assert.That(first.Headers.ETag!.IsWeak, Is.False);

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            return (await http.SendAsync(request)).StatusCode;
        }
        Assert.That(await AgainAsync(), Is.EqualTo(HttpStatusCode.NotModified));

        var article = (await help.Acme.GetAsync<Page<Article>>("/v1/articles?filter[slug][eq]=when-is-my-refund-paid")).Data[0];
        await Articles.HelpTexts.TranslateAsync(help.Acme, article, "en", "When is my refund paid?", "Within a day.");
        Assert.That(await AgainAsync(), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task What_is_for_customers_is_shown_to_whom_a_signed_link_has_brought()
    {
        var path = $"{help.Home}/articles/prices-of-partners";
        Assert.That((await http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await GetAsync($"{help.Home}/search?q=partners"), Does.Not.Contain("Prices of partners"));

        var (_, ana) = await help.CustomerAsync();
        var shown = await ana.GetAsync(path);
        Assert.That((shown.StatusCode, shown.Headers.CacheControl), Is.EqualTo((HttpStatusCode.OK, System.Net.Http.Headers.CacheControlHeaderValue.Parse("private, no-cache"))));
        Assert.That(await (await ana.GetAsync($"{help.Home}/search?q=partners")).Content.ReadAsStringAsync(), Does.Contain("Prices of partners"));
        Assert.That((await ana.GetAsync($"{help.Home}/articles/how-we-refuse-a-return")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "what is internal is for nobody here");
    }

    [Test]
    public async Task A_link_of_another_tenant_opens_nothing_here()
    {
        var other = await SomeHelp.NewAsync();
        await other.WriteAsync();
        var (_, theirs) = await other.CustomerAsync();

        Assert.That((await theirs.GetAsync($"{help.Home}/articles/prices-of-partners")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await http.GetAsync("/help/enter/nonsense")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        http.DefaultRequestHeaders.Add("Cookie", "help_customer=nonsense; help_visitor=<x>");
        Assert.That((await http.GetAsync(help.Home)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("/xx")]
    [TestCase("/en-EN")]
    [TestCase("/en/articles/nothing")]
    [TestCase("/en/categories/nothing")]
    [TestCase("/en/articles/..%2f..")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        Assert.That((await http.GetAsync($"/help/nobody{path}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        if (path.Length > 1) Assert.That((await http.GetAsync($"/help/{help.Slug}{path}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("%3Cscript%3Ealert(1)%3C/script%3E")]
    [TestCase("%22%20onfocus=alert(1)%20autofocus=")]
    [TestCase("%00%0A")]
    [TestCase("")]
    public async Task Whatever_is_searched_for_is_shown_as_text(string typed)
    {
        var html = await GetAsync($"{help.Home}/search?q={typed}");

        Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("\" onfocus"));
    }

    [Test]
    public async Task A_slug_belongs_to_one_tenant_until_it_is_given_up()
    {
        var other = await TestTenant.NewAsync();
        Assert.That((await Problem.OfAsync(await other.Http.PatchAsJsonAsync("/v1/help", new { slug = help.Slug }))).Code, Is.EqualTo("help_slug_taken"));
        Assert.That((await Problem.OfAsync(await other.Http.PatchAsJsonAsync("/v1/help", new { slug = "enter" }))).Pointers, Is.EqualTo(new[] { "/slug" }));

        await TestTenant.ReadAsync<JsonElement>(await help.Acme.Http.PatchAsJsonAsync("/v1/help", new { slug = (string?)null }));
        Assert.That((await http.GetAsync(help.Home)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await TestTenant.ReadAsync<JsonElement>(await other.Http.PatchAsJsonAsync("/v1/help", new { slug = help.Slug }));
        Assert.That((await http.GetAsync($"/help/{help.Slug}")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [TestCase("en", "Answers for “refund”: 1")]
    [TestCase("de", "Antworten zu „refund“: 1")]
    public async Task One_answer_is_not_told_as_several(string locale, string told) => Assert.That(WebUtility.HtmlDecode(await GetAsync($"/help/{help.Slug}/{locale}/search?q=refund")), Does.Contain(told));

    [Test]
    public async Task What_was_searched_for_and_not_found_is_a_gap()
    {
        foreach (var typed in new[] { "gift wrapping", "Gift  WRAPPING", "refund", "ana@example.com 066412345" }) await GetAsync($"{help.Home}/search?q={Uri.EscapeDataString(typed)}");

        var gaps = await help.Acme.GetAsync<JsonElement>("/v1/articles/gaps");

        Assert.That(gaps.GetProperty("data").EnumerateArray().Select(g => (g.GetProperty("text").GetString(), g.GetProperty("empty_searches").GetInt32())), Is.EqualTo(new[] { ("gift wrapping", 2) }));
        Assert.That(gaps.GetProperty("searches").GetInt32(), Is.EqualTo(3), "addresses and numbers are not kept");
    }

    private async Task<string> GetAsync(string path)
    {
        var response = await http.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return await response.Content.ReadAsStringAsync();
    }
}
