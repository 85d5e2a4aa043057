using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Demo.Service;
using CustomerCrm.Tests.Surveys;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Demo;

public class DemoTalksTests
{
    [Test]
    public async Task The_demos_bot_has_helped_most_handed_over_some_and_not_understood_some()
    {
        var acme = await TestTenant.NewAsync();
        var flow = JsonNode.Parse(DemoBot.Flow)!;
        flow["team_id"] = (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Support" })).Id();
        var bot = (await acme.CreateAsync<JsonElement>("/v1/bots", new { name = "Bean", flow })).Id();
        (await acme.Http.PostAsJsonAsync($"/v1/bots/{bot}/publication", new { })).EnsureSuccessStatusCode();
        foreach (var (title, body) in new[] { ("Which grind for a dripper?", "About 18 to 20 clicks."), ("Pausing a subscription", "You can pause it in your account.") }) await Articles.HelpTexts.PublishAsync(acme, title, body);
        var ana = await SomeSurveys.CustomerAsync(acme);

        for (var again = 0; again < 2; again++)
            for (var i = 0; i < 8; i++)
                await acme.WithScopeAsync(services => ActivatorUtilities.CreateInstance<DemoTalks>(services, new DemoClock()).TalkAsync(i, ana.Id, TestApi.Clock.GetUtcNow(), default));

        var report = await acme.GetAsync<JsonElement>($"/v1/bots/{bot}/report");
        Assert.That(report.GetProperty("talks").GetInt32(), Is.EqualTo(8), "loaded twice, said once");
        Assert.That(report.GetProperty("resolution").GetProperty("value").GetDouble(), Is.GreaterThan(0.3), report.GetRawText());
        Assert.That(report.GetProperty("hand_over").GetProperty("value").GetDouble(), Is.InRange(0.1, 0.6), report.GetRawText());
        Assert.That(report.GetProperty("satisfaction").GetProperty("n").GetInt32(), Is.GreaterThan(2), report.GetRawText());
        Assert.That(report.GetProperty("intents").GetArrayLength(), Is.GreaterThan(0));
    }
}
