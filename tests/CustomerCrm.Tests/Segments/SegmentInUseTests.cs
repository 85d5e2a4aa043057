using System.Net;
using System.Text.Json;
using CustomerCrm.Segments;
using CustomerCrm.Tests.Surveys;

namespace CustomerCrm.Tests.Segments;

/// <summary>Nothing is left that asks about a segment which is gone.</summary>
public class SegmentInUseTests
{
    private TestTenant acme = null!;
    private Segment segment = null!;

    [SetUp]
    public async Task NewTenantAsync()
    {
        acme = await TestTenant.NewAsync();
        segment = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Regulars", kind = "static" });
    }

    [Test]
    public async Task Whatever_names_a_segment_keeps_it_and_is_named()
    {
        var customer = new { segment = segment.Id.ToString() };
        var named = new Dictionary<string, string>
        {
            ["automation_rule_ids"] = await MadeAsync("/v1/automation_rules", new { name = "Greet", definition = new { events = new[] { "order.*" }, actions = new[] { new { @do = "add_to_segment", with = new { segment_id = segment.Id.ToString() } } } } }),
            ["routing_rule_ids"] = await MadeAsync("/v1/routing_rules", new { name = "First", definition = new { condition = new { customer } } }),
            ["survey_ids"] = (await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "segment_joined", segment_id = segment.Id.ToString() } }, channel = "link" })).GetProperty("id").GetString()!,
        };

        var problem = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}"));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.Conflict, "segment_in_use")));
        foreach (var (member, id) in named) Assert.That(problem.Document.GetProperty(member).EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { id }), member);
        Assert.That(problem.Document.GetProperty("segment_ids").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task It_can_go_once_nothing_names_it_any_more()
    {
        var rule = await MadeAsync("/v1/automation_rules", new { name = "Greet", definition = new { events = new[] { "order.*" }, condition = new { customer = new { segment = segment.Id.ToString() } }, actions = new[] { new { @do = "tag_customer", with = new { names = new[] { "x" } } } } } });
        var before = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}");

        await acme.Http.DeleteAsync($"/v1/automation_rules/{rule}");
        var after = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}");

        Assert.That((before.StatusCode, after.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.NoContent)));
    }

    [Test]
    public async Task What_a_rule_suggested_before_it_was_changed_still_names_it_until_it_is_decided()
    {
        var actions = new[] { new { @do = "add_to_segment", with = new { segment_id = segment.Id.ToString() } } };
        var rule = await MadeAsync("/v1/automation_rules", new { name = "Greet", definition = new { events = new[] { "customer.created" }, mode = "suggest", actions } });
        await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana" });
        await TestApi.RunJobsAsync();
        await acme.PatchAsync($"/v1/automation_rules/{rule}", new { definition = new { events = new[] { "customer.created" }, actions = new[] { new { @do = "tag_customer", with = new { names = new[] { "x" } } } } } });
        var before = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}");

        var firing = (await acme.GetAsync<JsonElement>($"/v1/automation_rules/{rule}/firings")).GetProperty("data")[0].GetProperty("id").GetString();
        await acme.Http.PostAsync($"/v1/automation_rules/{rule}/firings/{firing}/refusal", null);
        var after = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}");

        Assert.That((before.StatusCode, after.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.NoContent)));
    }

    private async Task<string> MadeAsync(string path, object body) => (await acme.CreateAsync<JsonElement>(path, body)).GetProperty("id").GetString()!;
}
