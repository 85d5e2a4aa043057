using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Help.Pages;
using CustomerCrm.Tests.Browser;
using Microsoft.Playwright;

namespace CustomerCrm.Tests.Help;

/// <summary>The help pages in a real browser: what people with and without eyes, mice and scripts meet.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), NonParallelizable]
public class HelpBrowserTests
{
    private BrowserApp app = null!;
    private Chromium chromium = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        chromium = await Chromium.StartAsync();
        app = BrowserApp.Start();
        await app.AsTenantAsync("Kaffeehaus Übersee", async (_, account) =>
        {
            using var http = new HttpClient { BaseAddress = app.Address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", account.Live.Key);
            await http.PatchAsJsonAsync("/v1/tenant", new { brand_color = "#c2185b" });
            await TestTenant.ReadAsync<JsonElement>(await http.PatchAsJsonAsync("/v1/help", new { slug = "kaffee", intro = "Everything about coffee." }));
            var category = (await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync("/v1/article_categories", new { slug = "orders", names = new { en = new { name = "Orders", description = "And their ways." } } }))).GetProperty("id").GetString();
            const string body = "# Labels\n\nYou have **30 days**.\n\n1. Ask\n2. Pack\n\n| Zone | Price |\n|---|---|\n| EU | 4.90 |\n\n- [x] Done\n- [ ] Not yet\n\n> Quoted [link](https://example.com)\n\n```\ncode\n```\n";
            var article = (await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync("/v1/articles", new { title = "How do I send something back?", body, category_id = category }))).GetProperty("id").GetString();
            await http.PutAsJsonAsync($"/v1/articles/{article}/translations/de", new { title = "Wie sende ich etwas zurück?", body });
            foreach (var locale in new[] { "en", "de" }) await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync($"/v1/articles/{article}/translations/{locale}/publication", new { }));
            return true;
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        if (app is not null) await app.DisposeAsync();
    }

    [TestCase("en")]
    [TestCase("de")]
    [TestCase("en/categories/orders")]
    [TestCase("en/articles/how-do-i-send-something-back")]
    [TestCase("en/search?q=send+back")]
    [TestCase("en/search?q=zebra")]
    [TestCase("en/search?q=")]
    [TestCase("en/contact")]
    [TestCase("en/articles/nothing")]
    public async Task A_page_is_accessible(string path)
    {
        Axe.Require();
        var page = await chromium.PageAsync();
        await page.GotoAsync(new Uri(app.Address, $"/help/kaffee/{path}").ToString());

        var (violations, passes) = await Axe.LookAtAsync(page);

        Assert.That(violations, Is.Empty);
        Assert.That(passes, Is.GreaterThan(15));
    }

    [Test]
    public async Task Somebody_searches_reads_votes_and_writes_with_the_keyboard_and_without_scripts()
    {
        var page = await chromium.PageAsync(withScripts: false);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(new Uri(app.Address, "/help/kaffee/en").ToString());
        var texts = HelpLanguages.Of("en");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("sending it back");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "How do I send something back?" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = texts.Yes, Exact = true }).PressAsync("Enter");
        Assert.That(await page.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo(texts.Thanks));

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = texts.Contact }).PressAsync("Enter");
        await page.GetByLabel(texts.Email).FillAsync("ana@example.com");
        await page.GetByLabel(texts.Subject).FillAsync("Send back");
        await page.GetByLabel(texts.Message).FillAsync("How can I send my coffee back?");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = texts.Continue }).PressAsync("Enter");
        Assert.That(await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = texts.MaybeAnswers }).IsVisibleAsync(), Is.True);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = texts.SendAnyway }).PressAsync("Enter");

        Assert.That(await page.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo(texts.Sent));
        Assert.That(complaints, Is.Empty, "the pages' own policy lets their style and their forms through");
    }

    [Test]
    public void Every_language_says_everything()
    {
        var properties = typeof(HelpTexts).GetProperties().Where(p => p.PropertyType == typeof(string)).ToArray();
        foreach (var texts in HelpLanguages.All)
            foreach (var property in properties) Assert.That((string?)property.GetValue(texts), Is.Not.Null.And.Not.Empty, $"{texts.Language} {property.Name}");
    }
}
