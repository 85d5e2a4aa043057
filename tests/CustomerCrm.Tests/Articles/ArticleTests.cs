using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Articles;
using CustomerCrm.Articles.Translations;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Articles;

public class ArticleTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Who_may_not_publish_does_not_show_what_is_published_to_more_people()
    {
        var agent = (await acme.UserAsync(Role.Agent)).Http;
        var article = await HelpTexts.PublishAsync(acme, "Discounts we may give", "Up to a fifth.", visibility: "internal");

        using var shown = await agent.PatchAsJsonAsync($"/v1/articles/{article.Id}", new { visibility = "public" });
        Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await HelpTexts.TitlesAsync(acme, "q=discounts&audience=public"), Is.Empty);

        var draft = await acme.CreateAsync<Article>("/v1/articles", new { title = "Draft", body = "Not yet.", visibility = "internal" });
        Assert.That((await agent.PatchAsJsonAsync($"/v1/articles/{draft.Id}", new { visibility = "public" })).StatusCode, Is.EqualTo(HttpStatusCode.OK), "nobody reads it yet");
        Assert.That((await agent.PatchAsJsonAsync($"/v1/articles/{article.Id}", new { visibility = "internal", position = 3 })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_draft_is_read_by_nobody_and_a_published_text_until_it_is_taken_back()
    {
        var article = await acme.CreateAsync<Article>("/v1/articles", new { title = "Sending back", body = "Within 30 days." });
        Assert.That(await FoundAsync("sending"), Is.Empty);

        await HelpTexts.PublishAsync(acme, article, "en");
        Assert.That(await FoundAsync("sending"), Is.EqualTo(new[] { "Sending back" }));

        await WriteAsync(article, "en", new { title = "Sending back", body = "Within 60 days, or a quarter." });
        Assert.That(await FoundAsync("quarter"), Is.Empty, "readers go on seeing what was published");
        var text = await TextAsync(article);
        Assert.That((text.State, text.Version, text.PublishedVersion), Is.EqualTo((TranslationState.Draft, 2, (int?)1)));

        await HelpTexts.PublishAsync(acme, article, "en");
        Assert.That(await FoundAsync("quarter"), Is.EqualTo(new[] { "Sending back" }));

        await acme.Http.DeleteAsync($"/v1/articles/{article.Id}/translations/en/publication");
        Assert.That(await FoundAsync("sending"), Is.Empty);
        Assert.That((await TextAsync(article)).State, Is.EqualTo(TranslationState.Draft));
    }

    [Test]
    public async Task Where_reviews_are_required_somebody_else_approves_before_readers_see_it()
    {
        await acme.Http.PatchAsJsonAsync("/v1/articles/settings", new { requires_review = true });
        var (writer, reviewer) = (await acme.UserAsync(Role.Manager), await acme.UserAsync(Role.Manager));
        var article = await TestTenant.ReadAsync<Article>(await writer.Http.PostAsJsonAsync("/v1/articles", new { title = "Sending back", body = "Within 30 days." }));
        var at = $"/v1/articles/{article.Id}/translations/en";

        Assert.That(await CodeAsync(writer.Http, $"{at}/publication"), Is.EqualTo("not_approved"));
        Assert.That(await CodeAsync(reviewer.Http, $"{at}/approval"), Is.EqualTo("not_in_review"));
        await OkAsync(writer.Http, $"{at}/review_request");
        Assert.That(await CodeAsync(writer.Http, $"{at}/review_request"), Is.EqualTo("nothing_to_review"));
        Assert.That(await CodeAsync(writer.Http, $"{at}/approval"), Is.EqualTo("own_text"));
        await OkAsync(reviewer.Http, $"{at}/rejection", new { note = "Say where." });
        Assert.That((await TextAsync(article)).ReviewNote, Is.EqualTo("Say where."));
        await OkAsync(writer.Http, $"{at}/review_request");
        await OkAsync(reviewer.Http, $"{at}/approval");
        Assert.That((await TextAsync(article)).Reviewer!.Id, Is.EqualTo(reviewer.Id));
        await OkAsync(writer.Http, $"{at}/publication");
        Assert.That(await FoundAsync("sending"), Has.Length.EqualTo(1));

        await TestTenant.ReadAsync<JsonElement>(await writer.Http.PutAsJsonAsync(at, new { title = "Sending back", body = "Within 60 days." }));
        Assert.That(await CodeAsync(writer.Http, $"{at}/publication"), Is.EqualTo("not_approved"), "a change is not approved with what was");
    }

    [Test]
    public async Task Every_version_is_kept_and_an_earlier_one_comes_back_as_a_new_one()
    {
        var article = await acme.CreateAsync<Article>("/v1/articles", new { title = "One", body = "First." });
        await WriteAsync(article, "en", new { title = "Two", summary = "Second.", body = "Second." });
        await WriteAsync(article, "en", new { title = "Two", summary = "Second.", body = "Second." });

        var versions = await acme.GetAsync<ListVersions.Response>($"/v1/articles/{article.Id}/translations/en/versions");
        Assert.That(versions.Data.Select(v => (v.Version, v.Title)), Is.EqualTo(new[] { (2, "Two"), (1, "One") }), "the same again is no version");

        var restored = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/articles/{article.Id}/translations/en/versions/1/restoration", new { }));
        Assert.That((restored.GetProperty("version").GetInt32(), restored.GetProperty("body").GetString()), Is.EqualTo((3, "First.")));
        Assert.That((await acme.GetAsync<ArticleVersion>($"/v1/articles/{article.Id}/translations/en/versions/3")).RestoredFrom, Is.EqualTo(1));
        Assert.That((await acme.Http.GetAsync($"/v1/articles/{article.Id}/translations/en/versions/9")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.Http.GetAsync($"/v1/articles/{article.Id}/translations/en/versions/x")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_text_in_the_wanted_language_is_found_and_the_articles_own_stands_for_a_missing_one()
    {
        var both = await HelpTexts.PublishAsync(acme, "Returns", "Within 30 days of delivery.");
        await HelpTexts.TranslateAsync(acme, both, "de-AT", "Rückgabe", "Binnen 30 Tagen ab Lieferung.");
        await HelpTexts.PublishAsync(acme, "Gift cards", "Valid three years.");

        Assert.That(await HelpTexts.TitlesAsync(acme, "q=lieferung&locale=de"), Is.EqualTo(new[] { "Rückgabe" }), "de-AT is the nearest to de");
        Assert.That(await HelpTexts.TitlesAsync(acme, "q=delivery&locale=de"), Is.Empty, "there is a German text for those who read German");
        Assert.That(await HelpTexts.TitlesAsync(acme, "q=gift&locale=de"), Is.EqualTo(new[] { "Gift cards" }));
        Assert.That((await acme.GetAsync<Page<Article>>("/v1/articles?filter[missing_locale][eq]=DE-at")).Data.Select(a => a.Slug), Is.EqualTo(new[] { "gift-cards" }));
    }

    [Test]
    public async Task Readers_find_what_is_for_them()
    {
        foreach (var visibility in new[] { "public", "customers_only", "internal" }) await HelpTexts.PublishAsync(acme, $"Warranty {visibility}", "Two years.", visibility: visibility);

        Assert.That(await HelpTexts.TitlesAsync(acme, "q=warranty&audience=public"), Is.EqualTo(new[] { "Warranty public" }));
        Assert.That(await HelpTexts.TitlesAsync(acme, "q=warranty&audience=customers_only"), Has.Length.EqualTo(2));
        Assert.That(await HelpTexts.TitlesAsync(acme, "q=warranty"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Why_something_was_found_is_said()
    {
        await acme.Http.PatchAsJsonAsync("/v1/articles/settings", new { synonyms = new[] { new[] { "refund", "money back" } } });
        await HelpTexts.PublishAsync(acme, "Refunds", "By the way you paid.");

        var hit = (await acme.GetAsync<JsonElement>("/v1/articles/search?q=money%20back")).GetProperty("data")[0];
        Assert.That(hit.GetProperty("why").EnumerateArray().Select(w => (w.GetProperty("typed").GetString(), w.GetProperty("matched").GetString(), w.GetProperty("by").GetString(), w.GetProperty("field").GetString())),
            Is.EqualTo(new[] { ("money back", "refund", "synonym", "title") }));
        var slip = await acme.GetAsync<JsonElement>("/v1/articles/search?q=refudns");
        Assert.That(slip.GetProperty("corrected").GetProperty("refudns").GetString(), Is.EqualTo("refunds"));
    }

    [Test]
    public async Task What_changes_of_an_article_changes_its_revision_and_an_old_one_is_refused()
    {
        var article = await HelpTexts.PublishAsync(acme, "Returns", "Thirty days.");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/articles/{article.Id}") { Content = JsonContent.Create(new { position = 3 }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");
        Assert.That((await acme.Http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(article.Revision, Is.GreaterThan(1));

        await TestTenant.ReadAsync<Article>(await acme.Http.PatchAsJsonAsync($"/v1/articles/{article.Id}", new { keywords = new[] { "boomerang" } }));
        Assert.That(await FoundAsync("boomerang"), Has.Length.EqualTo(1), "new keywords are searched at once");
        await acme.Http.DeleteAsync($"/v1/articles/{article.Id}");
        Assert.That(await FoundAsync("returns"), Is.Empty);
        await HelpTexts.PublishAsync(acme, "Returns", "Thirty days.");
        Assert.That(await FoundAsync("returns"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_search_over_everything_finds_articles_and_their_drafts()
    {
        var article = await acme.CreateAsync<Article>("/v1/articles", new { title = "Descaling", body = "Every *three* months.", keywords = new[] { "limescale" } });
        await TestApi.RunJobsAsync();
        foreach (var typed in new[] { "descal", "limescale", "months" })
            Assert.That((await acme.GetAsync<JsonElement>($"/v1/search?q={typed}&kinds=article")).GetProperty("data").EnumerateArray().Select(hit => hit.GetProperty("id").GetString()), Is.EqualTo(new[] { article.Id.ToString() }), typed);

        await acme.Http.DeleteAsync($"/v1/articles/{article.Id}");
        await TestApi.RunJobsAsync();
        Assert.That((await acme.GetAsync<JsonElement>("/v1/search?q=descaling")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Another_tenants_article_category_and_product_are_not_there()
    {
        var stranger = await TestTenant.NewAsync();
        var theirs = await HelpTexts.PublishAsync(stranger, "Secret warranty", "Of theirs.");
        var category = (await stranger.CreateAsync<JsonElement>("/v1/article_categories", new { slug = "theirs", names = new { en = new { name = "Theirs" } } })).GetProperty("id").GetString();
        var product = (await stranger.CreateAsync<JsonElement>("/v1/products", new { name = "Theirs" })).GetProperty("id").GetString();

        Assert.That(await FoundAsync("warranty"), Is.Empty);
        foreach (var path in new[] { $"/v1/articles/{theirs.Id}", $"/v1/articles/{theirs.Id}/translations/en", $"/v1/articles/{theirs.Id}/votes", $"/v1/articles/suggestions?product={product}" })
            Assert.That((await acme.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        Assert.That((await acme.Http.PostAsJsonAsync("/v1/articles", new { title = "A", body = "B", category_id = category })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/articles", new { title = "A", body = "B", product_ids = new[] { product } }))).Pointers, Is.EqualTo(new[] { "/product_ids/0" }));
    }

    [TestCase("{\"title\":\"\",\"body\":\"B\"}", "/title")]
    [TestCase("{\"title\":\"   \",\"body\":\"B\"}", "/title")]
    [TestCase("{\"title\":\"A\",\"body\":\"\"}", "/body")]
    [TestCase("{\"title\":\"A\",\"body\":\">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>\"}", "/body")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"slug\":\"No Slug\"}", "/slug")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"locale\":\"english!\"}", "/locale")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"visibility\":\"everyone\"}", "/visibility")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"position\":-1}", "/position")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"keywords\":[\"\"]}", "/keywords/0")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"pages\":[\"a\\u0000\"]}", "/pages/0")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"product_ids\":[\"nonsense\"]}", "/product_ids/0")]
    [TestCase("{\"title\":\"A\",\"body\":\"B\",\"html\":\"x\"}", "/html")]
    public async Task Nonsense_is_refused_by_its_place(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/articles", new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.That((int)problem.Status, Is.AnyOf(400, 422));
        Assert.That(problem.Pointers, Does.Contain(pointer));
        Assert.That((await acme.GetAsync<Page<Article>>("/v1/articles")).Data, Is.Empty);
    }

    [TestCase("/v1/articles/search")]
    [TestCase("/v1/articles/search?q=a")]
    [TestCase("/v1/articles/search?q=abc&audience=all")]
    [TestCase("/v1/articles/search?q=abc&locale=not_a_tag")]
    [TestCase("/v1/articles/search?q=abc&limit=0")]
    [TestCase("/v1/articles/suggestions")]
    [TestCase("/v1/articles/gaps?from=2030-01-02&to=2030-01-01")]
    [TestCase("/v1/articles/gaps?from=0001-01-01&to=9999-12-31")]
    public async Task A_question_that_makes_no_sense_is_refused(string path) =>
        Assert.That((await acme.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

    [TestCase("\"")]
    [TestCase("\" OR 1=1 --")]
    [TestCase("NEAR(a b)")]
    [TestCase("*:^()")]
    [TestCase("หนังสือ")]
    [TestCase("हिन्दी किताब")]
    [TestCase("\ud83d\ude00\ud83d\ude00")]
    public async Task Whatever_is_typed_is_only_looked_for(string typed)
    {
        await HelpTexts.PublishAsync(acme, "हिन्दी किताब และ หนังสือ", "Text.", "hi");
        Assert.That((await acme.Http.GetAsync($"/v1/articles/search?q={Uri.EscapeDataString(typed.PadRight(2))}")).StatusCode, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.BadRequest));
    }

    private Task<string[]> FoundAsync(string typed) => HelpTexts.TitlesAsync(acme, $"q={typed}");

    private async Task WriteAsync(Article article, string locale, object text) => await TestTenant.ReadAsync<JsonElement>(await acme.Http.PutAsJsonAsync($"/v1/articles/{article.Id}/translations/{locale}", text));

    private async Task<TextSeen> TextAsync(Article article) => await acme.GetAsync<TextSeen>($"/v1/articles/{article.Id}/translations/en");

    private static async Task OkAsync(HttpClient http, string path, object? body = null) => await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync(path, body ?? new { }));

    private static async Task<string> CodeAsync(HttpClient http, string path) => (await Problem.OfAsync(await http.PostAsJsonAsync(path, new { }))).Code;

    [System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip)]
    private sealed record TextSeen(TranslationState State, int Version, int? PublishedVersion, string? ReviewNote, ReviewerSeen? Reviewer);

    private sealed record ReviewerSeen(string Kind, string? Id, string Name);
}
