using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Tests.Browser;
using CustomerCrm.Tests.Surveys;
using Microsoft.Playwright;

namespace CustomerCrm.Tests.SurveyPages;

/// <summary>The survey's page in a real browser: with a keyboard, without scripts, and as a screen reader hears it.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), NonParallelizable]
public class BrowserSurveyTests
{
    private BrowserApp app = null!;
    private Chromium chromium = null!;
    private HttpClient http = null!;
    private string standard = "", everything = "", answered = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        chromium = await Chromium.StartAsync();
        app = BrowserApp.Start();
        http = new HttpClient { BaseAddress = app.Address };
        await app.AsTenantAsync("Kaffeehaus Übersee", async (_, account) =>
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", account.Live.Key);
            await http.PatchAsJsonAsync("/v1/tenant", new { brand_color = "#c2185b" });
            object[] options = [new { key = "good", text = SomeSurveys.In("Good") }, new { key = "bad", text = SomeSurveys.In("Bad") }];
            standard = await AskAsync(new { name = "NPS", kind = "nps", status = "active", settings = new { anonymity_threshold = 5 } });
            answered = await AskAsync(new { name = "CSAT", kind = "csat", status = "active" });
            await http.PostAsync(answered, new FormUrlEncodedContent([new("seen", "score"), new("seen", "comment"), new("q_score", "5")]));
            everything = await AskAsync(new
            {
                name = "All", kind = "free", status = "active",
                definition = new
                {
                    languages = new[] { "en" }, title = SomeSurveys.In("Tell us"), intro = SomeSurveys.In("A minute."),
                    questions = new object[]
                    {
                        new { key = "which", type = "choice", is_required = true, text = SomeSurveys.In("Which?"), choices = options },
                        new { key = "many", type = "choice", is_many = true, text = SomeSurveys.In("Which of these?"), choices = options },
                        new { key = "each", type = "matrix", is_required = true, text = SomeSurveys.In("And each?"), choices = options, rows = new object[] { new { key = "speed", text = SomeSurveys.In("Speed") }, new { key = "taste", text = SomeSurveys.In("Taste") } } },
                        new { key = "words", type = "text", text = SomeSurveys.In("Anything else?") },
                    },
                },
            });
            return true;
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http?.Dispose();
        if (chromium is not null) await chromium.DisposeAsync();
        if (app is not null) await app.DisposeAsync();
    }

    [TestCase("score")]
    [TestCase("everything")]
    [TestCase("answered")]
    [TestCase("wrong")]
    [TestCase("nothing")]
    public async Task A_page_is_accessible(string name)
    {
        Axe.Require();
        var page = await chromium.PageAsync();
        await page.GotoAsync(Of(name switch { "score" => $"{standard}?score=9", "answered" => answered, "nothing" => "/survey/x", _ => everything }));
        if (name == "wrong")
        {
            await page.EvaluateAsync("() => document.querySelector('form').noValidate = true");
            await page.GetByRole(AriaRole.Button).ClickAsync();
            Assert.That(await page.GetByRole(AriaRole.Alert).CountAsync(), Is.EqualTo(1));
        }

        var (violations, passes) = await Axe.LookAtAsync(page);

        Assert.That(violations, Is.Empty);
        Assert.That(passes, Is.GreaterThan(10));
    }

    [Test]
    public async Task A_survey_is_answered_with_the_keyboard_and_without_scripts()
    {
        var mine = await AskAsync(new { name = "Mine", kind = "csat", status = "active" });
        var page = await chromium.PageAsync(withScripts: false);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(Of($"{mine}?score=2"));
        var group = page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "How satisfied are you with us?" });

        Assert.That(await group.GetByLabel("2", new LocatorGetByLabelOptions { Exact = true }).IsCheckedAsync(), Is.True, "the score of the link is chosen");
        await group.GetByLabel("2", new LocatorGetByLabelOptions { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Would you tell us why?").FocusAsync();
        await page.Keyboard.TypeAsync("So so.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send" }).PressAsync("Enter");

        Assert.That(await page.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo("Your answer has arrived."));
        var answer = (await http.GetFromJsonAsync<JsonElement>("/v1/survey_responses?sort=-answered_at&limit=1")).GetProperty("data")[0];
        Assert.That((answer.GetProperty("score").GetInt32(), answer.GetProperty("answers").Text("comment")), Is.EqualTo((3, "So so.")));
        Assert.That(complaints, Is.Empty, "the page's own policy lets its style and its form through");
    }

    private string Of(string path) => new Uri(app.Address, path).ToString();

    private async Task<string> AskAsync(object survey)
    {
        var made = await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync("/v1/surveys", survey));
        var ana = await TestTenant.ReadAsync<Customer>(await http.PostAsJsonAsync("/v1/customers", new { name = "Ana", email = $"{Guid.NewGuid():N}@example.com" }));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/surveys/{made.Id()}/invitations") { Content = JsonContent.Create(new { customer_id = ana.Id.ToString(), channel = "link" }) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return new Uri((await TestTenant.ReadAsync<JsonElement>(await http.SendAsync(request))).Text("url")).AbsolutePath;
    }
}
