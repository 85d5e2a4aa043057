using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Tests.Browser;

namespace CustomerCrm.Tests.Preferences;

public class PreferencePageTests
{
    // purpose.channel.topic, as the form calls them.
    private const string Newsletter = "3.1.newsletter", Care = "2.1.care", Other = "3.1.";

    [Test]
    public async Task It_shows_the_public_topics_with_what_holds_and_escapes_every_text()
    {
        var pages = await SomePages.NewAsync();

        var response = await TestApi.NewClient().GetAsync(await pages.PreferencesAsync());
        var html = await response.Content.ReadAsStringAsync();

        Assert.That(SomePages.Boxes(html), Is.EqualTo(new[] { Newsletter, Care, Other }));
        Assert.That(SomePages.Ticked(html), Is.EqualTo(new[] { Care }), "what is on by default");
        Assert.That(html, Does.Contain("Newsletter &lt;b&gt;").And.Contain("Acme").And.Contain("a***@example.com").And.Contain("<html lang=\"en\">"));
        Assert.That(html, Does.Not.Contain("Insiders").And.Not.Contain(pages.Ana.Email!).And.Not.Contain("<script"));
    }

    [Test]
    public async Task The_page_and_the_policy_agree_on_what_is_on_by_default()
    {
        var pages = await SomePages.NewAsync();
        await pages.Acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "offers", title = "Offers", is_on_by_default = true });
        var path = await pages.PreferencesAsync();

        var (strict, denied) = (await (await TestApi.NewClient().GetAsync(path)).Content.ReadAsStringAsync(), await DecisionAsync());
        await pages.Acme.Http.PatchAsJsonAsync("/v1/contact_policy", new { consent = new { marketing = "not_withdrawn" } });
        var (lax, allowed) = (await (await TestApi.NewClient().GetAsync(path)).Content.ReadAsStringAsync(), await DecisionAsync());

        Assert.That((SomePages.Ticked(strict), denied), Is.EqualTo((new[] { Care }, ("denied", "on_by_default"))), "no box is ticked that nobody ticked");
        Assert.That((SomePages.Ticked(lax), allowed), Is.EqualTo((new[] { Care, "3.1.offers", Other }, ("allowed", "on_by_default"))), "nor is one empty that is sent");

        async Task<(string?, string?)> DecisionAsync()
        {
            var decision = await TestTenant.ReadAsync<JsonElement>(await pages.Acme.Http.PostAsJsonAsync("/v1/contact_policy/evaluate", new { customer_id = pages.Ana.Id.ToString(), channel = "email", purpose = "marketing", topic = "offers" }));
            return (decision.GetProperty("outcome").GetString(), decision.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "consent").GetProperty("value").GetString());
        }
    }

    [Test]
    public async Task It_is_kept_from_caches_search_engines_frames_and_scripts()
    {
        var pages = await SomePages.NewAsync();

        var response = await TestApi.NewClient().GetAsync(await pages.PreferencesAsync());
        string HeaderOf(string name) => string.Join(",", response.Headers.TryGetValues(name, out var values) ? values : []);

        Assert.That((HeaderOf("Cache-Control"), HeaderOf("X-Robots-Tag"), HeaderOf("Referrer-Policy"), HeaderOf("Set-Cookie")), Is.EqualTo(("no-store", "noindex, nofollow", "no-referrer", "")));
        Assert.That(HeaderOf("Content-Security-Policy"), Does.Match("^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$"));
    }

    [Test]
    public async Task What_is_saved_goes_into_the_ledger_with_its_proof_and_what_stays_does_not()
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.PreferencesAsync();

        var saved = await SomePages.SendAsync(path, ("do", "save"), ("shown", Newsletter), ("shown", Care), ("shown", Other), ("on", Newsletter), ("on", Care), ("reason", "I like it"));
        await SomePages.SendAsync(path, ("do", "save"), ("shown", Newsletter), ("shown", Care), ("shown", Other), ("on", Newsletter), ("on", Care));

        var entry = (await pages.LedgerAsync()).Single();
        Assert.That((entry.Topic, entry.State, entry.Source, entry.Actor.Kind), Is.EqualTo(("newsletter", ConsentState.Granted, "preference_page", ActorKind.Customer)));
        Assert.That((entry.Proof!.Text!.Contains("Newsletter", StringComparison.Ordinal), entry.Proof.Url, entry.Proof.IpHash is not null), Is.EqualTo((true, "/preferences/masked", true)));
        Assert.That(SomePages.Ticked(await saved.Content.ReadAsStringAsync()), Is.EquivalentTo(new[] { Newsletter, Care }));
        Assert.That(await saved.Content.ReadAsStringAsync(), Does.Contain("role=\"status\""));
    }

    [Test]
    public async Task A_topic_that_stays_ticked_survives_a_no_to_the_rest()
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.PreferencesAsync();
        await SomePages.SendAsync(path, ("do", "save"), ("shown", Newsletter), ("shown", Other), ("on", Newsletter), ("on", Other));

        var html = await (await SomePages.SendAsync(path, ("do", "save"), ("shown", Newsletter), ("shown", Other), ("on", Newsletter))).Content.ReadAsStringAsync();

        Assert.That(SomePages.Ticked(html), Does.Contain(Newsletter).And.Not.Contain(Other));
        Assert.That(await pages.StatesAsync(), Is.EquivalentTo(new Dictionary<string, ConsentState> { ["newsletter"] = ConsentState.Granted, ["all"] = ConsentState.Withdrawn }));
    }

    [Test]
    public async Task Stopping_everything_leaves_nothing_on_and_keeps_the_reason()
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.PreferencesAsync();
        await SomePages.SendAsync(path, ("do", "save"), ("shown", Newsletter), ("shown", Other), ("on", Newsletter), ("on", Other));

        var html = await (await SomePages.SendAsync(path, ("do", "stop_all"), ("on", Newsletter), ("reason", "Too much"))).Content.ReadAsStringAsync();

        Assert.That(SomePages.Ticked(html), Is.Empty);
        Assert.That((await pages.StatesAsync()).Values, Is.All.EqualTo(ConsentState.Withdrawn));
        Assert.That((await pages.LedgerAsync()).Count(e => e.Reason == "Too much"), Is.GreaterThan(0));
    }

    [TestCase("granted", "inside")]
    [TestCase("not_withdrawn", "inside")]
    [TestCase("not_withdrawn", null)]
    public async Task Stopping_everything_stops_what_the_page_does_not_show(string need, string? topic)
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.PreferencesAsync();
        await pages.Acme.Http.PatchAsJsonAsync("/v1/contact_policy", new { consent = new { marketing = need } });
        if (topic is not null) await AgreeAsync();

        await SomePages.SendAsync(path, ("do", "stop_all"));
        var first = await StandingAsync();
        if (topic is not null) await AgreeAsync();
        await SomePages.SendAsync(path, ("do", "stop_all"));
        await SomePages.SendAsync(path, ("do", "stop_all"));

        Assert.That((first, await StandingAsync()), Is.EqualTo(("withdrawn", "withdrawn")));
        Assert.That((await pages.LedgerAsync()).Count(e => e.Purpose == MessagePurpose.Marketing && e.State == ConsentState.Withdrawn), Is.EqualTo(topic is null ? 1 : 2), "once said is enough");

        Task AgreeAsync() => pages.Acme.CreateAsync<JsonElement>($"/v1/customers/{pages.Ana.Id}/consents", new { purpose = "marketing", channel = "email", topic, state = "granted" });

        async Task<string?> StandingAsync()
        {
            var decision = await TestTenant.ReadAsync<JsonElement>(await pages.Acme.Http.PostAsJsonAsync("/v1/contact_policy/evaluate", new { customer_id = pages.Ana.Id.ToString(), channel = "email", purpose = "marketing", topic }));
            return decision.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "consent").GetProperty("value").GetString();
        }
    }

    [TestCase("de-AT", null, "<html lang=\"de\">")]
    [TestCase("sr", null, "<html lang=\"sr-Latn\">")]
    [TestCase(null, "fr-CH, en;q=0.5", "<html lang=\"fr\">")]
    [TestCase("pt", "xx;q=1, de;q=0.2", "<html lang=\"de\">")]
    [TestCase("pt", null, "<html lang=\"en\">")]
    public async Task It_speaks_the_customers_language_where_we_have_it(string? customers, string? browsers, string expected)
    {
        var pages = await SomePages.NewAsync(customers);
        using var request = new HttpRequestMessage(HttpMethod.Get, await pages.PreferencesAsync());
        if (browsers is not null) request.Headers.TryAddWithoutValidation("Accept-Language", browsers);

        Assert.That(await (await TestApi.NewClient().SendAsync(request)).Content.ReadAsStringAsync(), Does.Contain(expected));
    }

    [Test]
    public async Task It_wears_the_tenants_colour_with_a_text_that_can_be_read_on_it()
    {
        var pages = await SomePages.NewAsync();
        await pages.Acme.Http.PatchAsJsonAsync("/v1/tenant", new { brand_color = "#FFEE00", name = "Acme & <Sons>" });
        var html = await TestApi.NewClient().GetStringAsync(await pages.PreferencesAsync());

        Assert.That(html, Does.Contain("background: #ffee00; color: #000000").And.Contain("Acme &amp; &lt;Sons&gt;"));
    }

    [TestCase("red")]
    [TestCase("#12345")]
    [TestCase("#123456;}body{display:none")]
    public async Task A_colour_is_a_colour_and_nothing_else(string color)
    {
        var pages = await SomePages.NewAsync();

        Assert.That((await Problem.OfAsync(await pages.Acme.Http.PatchAsJsonAsync("/v1/tenant", new { brand_color = color }))).Pointers.Distinct(), Is.EqualTo(new[] { "/brand_color" }));
    }

    [Test]
    public async Task Every_link_that_opens_nothing_answers_alike()
    {
        var (pages, others) = (await SomePages.NewAsync(), await SomePages.NewAsync());
        var (good, gone) = (await pages.PreferencesAsync(), await others.PreferencesAsync());
        await others.Acme.Http.DeleteAsync($"/v1/customers/{others.Ana.Id}");
        var tampered = good[..^1] + (good[^1] == 'A' ? 'B' : 'A');
        var answers = new HashSet<string>();

        foreach (var path in new[] { tampered, gone, "/preferences/x", "/preferences/confirm/x", "/unsubscribe/x", good.Replace("preferences", "unsubscribe", StringComparison.Ordinal), good.Replace("preferences", "preferences/confirm", StringComparison.Ordinal) })
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                var response = await TestApi.NewClient().SendAsync(new HttpRequestMessage(method, path));
                answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }

        Assert.That(answers.Single(), Does.StartWith("404 <!DOCTYPE html>"));
        Assert.That(await pages.LedgerAsync(), Is.Empty);
    }

    [Test]
    public async Task Who_knocks_too_often_waits()
    {
        await using var app = BrowserApp.Start(null, ("RateLimits:PerKey:Capacity", "3"), ("RateLimits:PerKey:RefillPerSecond", "0.01"));
        using var http = new HttpClient { BaseAddress = app.Address };
        var answers = new List<HttpStatusCode>();

        foreach (var path in new[] { "preferences", "preferences/confirm", "unsubscribe", "unsubscribe", "preferences" }) answers.Add((await http.GetAsync($"/{path}/x")).StatusCode);

        Assert.That(answers, Is.EqualTo(new[] { HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests }));
    }

    [Test]
    public async Task A_form_of_any_size_or_shape_breaks_nothing()
    {
        var pages = await SomePages.NewAsync();
        var path = await pages.PreferencesAsync();
        var many = Enumerable.Range(0, 2000).Select(i => ("on", $"x{i}")).ToArray();

        Assert.That((await SomePages.SendAsync(path, many)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await SomePages.SendAsync(path, ("do", "save"), ("reason", new string('x', 3000)), ("shown", Newsletter), ("shown", "9.9.nosuch"), ("on", "9.9.nosuch"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await TestApi.NewClient().PostAsync(path, JsonContent.Create(new { }))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
