using System.Net.Http.Json;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CustomerCrm.Tests.Preferences;

/// <summary>The public pages in a real browser: what people with and without eyes, mice and scripts meet.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), NonParallelizable]
public class BrowserPageTests
{
    private BrowserApp app = null!;
    private Chromium chromium = null!;
    private string preferences = "", unsubscribe = "", optIn = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        chromium = await Chromium.StartAsync();
        app = BrowserApp.Start();
        await app.AsTenantAsync("Kaffeehaus Übersee", async (services, account) =>
        {
            using var http = new HttpClient { BaseAddress = app.Address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", account.Live.Key);
            await TestTenant.ReadAsync<object>(await http.PostAsJsonAsync("/v1/consent_topics", new { name = "newsletter", title = "Newsletter", description = "Once a month." }));
            var ana = await TestTenant.ReadAsync<Customer>(await http.PostAsJsonAsync("/v1/customers", new { name = "Ana", email = "ana@example.com", phone = "+436641234567" }));
            var asked = await TestTenant.ReadAsync<ConsentEntry>(await http.PostAsJsonAsync($"/v1/customers/{ana.Id}/consents", new { purpose = "marketing", channel = "email", state = "granted", double_opt_in = true }));
            await http.PatchAsJsonAsync("/v1/tenant", new { brand_color = "#c2185b" });
            var links = services.GetRequiredService<CustomerLinks>();
            preferences = PathOf(links.PreferencesUrl(ana.Id));
            unsubscribe = PathOf(links.UnsubscribeUrl(ana.Id, MessageChannel.Email, MessagePurpose.Marketing, "newsletter"));
            optIn = PathOf(links.OptInUrl(ana.Id, MessageChannel.Email, MessagePurpose.Marketing, null, asked.Id.Value, DateTimeOffset.UtcNow.AddDays(7)));
            return true;
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        if (app is not null) await app.DisposeAsync();
    }

    [TestCase("preferences")]
    [TestCase("unsubscribe")]
    [TestCase("opt in")]
    [TestCase("nothing")]
    public async Task A_page_is_accessible(string name)
    {
        Axe.Require();
        var page = await chromium.PageAsync();
        await page.GotoAsync(new Uri(app.Address, name switch { "preferences" => preferences, "unsubscribe" => unsubscribe, "opt in" => optIn, _ => "/preferences/x" }).ToString());

        var (violations, passes) = await Axe.LookAtAsync(page);

        Assert.That(violations, Is.Empty);
        Assert.That(passes, Is.GreaterThan(10));
    }

    [Test]
    public async Task A_choice_is_made_with_the_keyboard_and_without_scripts()
    {
        var page = await chromium.PageAsync(withScripts: false);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(new Uri(app.Address, preferences).ToString());
        var box = page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Newsletter" }).GetByLabel("E-mail");

        await box.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).PressAsync("Enter");

        Assert.That(await page.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo("Your choices are saved."));
        Assert.That(await box.IsCheckedAsync(), Is.True);
        Assert.That(complaints, Is.Empty, "the page's own policy lets its style and its form through");
    }

    private static string PathOf(string url) => new Uri(url).AbsolutePath;
}
