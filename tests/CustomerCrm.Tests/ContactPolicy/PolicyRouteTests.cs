using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Messages;

namespace CustomerCrm.Tests.ContactPolicy;

public class PolicyRouteTests
{
    [Test]
    public async Task A_policy_can_be_changed_and_says_its_revision()
    {
        var acme = await TestTenant.NewAsync();
        var before = await acme.GetAsync<JsonElement>("/v1/contact_policy");

        var changed = await SomeMessages.PatchPolicyAsync(acme, new { quiet_hours = new[] { new { days = new[] { "friday" }, from = "20:00", until = "09:30" } }, consent = new { marketing = "not_withdrawn" } });
        using var late = new HttpRequestMessage(HttpMethod.Patch, "/v1/contact_policy") { Content = JsonContent.Create(new { most_deferral_hours = 5 }) };
        late.Headers.Add("If-Match", "\"r1\"");

        Assert.That((before.GetProperty("revision").GetInt32(), changed.GetProperty("revision").GetInt32()), Is.EqualTo((1, 2)));
        Assert.That(changed.GetProperty("consent").Text("marketing"), Is.EqualTo("not_withdrawn"));
        Assert.That(changed.GetProperty("caps").GetArrayLength(), Is.EqualTo(2), "what was not sent stays");
        Assert.That((await acme.Http.SendAsync(late)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/contact_policy")).GetProperty("quiet_hours")[0].Text("until"), Is.EqualTo("09:30"));
    }

    [Test]
    public async Task What_is_wrong_is_named_and_changes_nothing()
    {
        var acme = await TestTenant.NewAsync();
        object[] wrong =
        [
            new { consent = new { marketing = "none" } }, new { guards = new[] { new { name = "full_moon" } } }, new { guards = new[] { new { name = "refunded_order" } } },
            new { guards = new[] { new { name = "customer_tag", tag = "do not disturb " } } }, new { caps = new[] { new { per = "day" } } }, new { test_recipients = new[] { "nobody" } }, new { holidays = new[] { new { name = "Someday" } } }, new { most_deferral_hours = 0 }, new { minimum_gap = new { minutes = 0 } },
        ];

        foreach (var change in wrong)
        {
            var answer = await acme.Http.PatchAsJsonAsync("/v1/contact_policy", change);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), JsonSerializer.Serialize(change));
        }

        Assert.That((await acme.GetAsync<JsonElement>("/v1/contact_policy")).GetProperty("revision").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_dry_run_answers_and_leaves_nothing_behind()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);

        var answer = await EvaluateAsync(acme, ada.Id.ToString());

        Assert.That((answer.Text("outcome"), answer.Text("decided_by")), Is.EqualTo(("denied", "consent")));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_guard_looks_back_at_refunds()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        await SomeMessages.SayAsync(acme, ada.Id);
        await SomeMessages.PatchPolicyAsync(acme, new { guards = new[] { new { name = "refunded_order", days = 14 } } });
        var order = await Some.OrderAsync(acme, ada.Id);
        var free = await EvaluateAsync(acme, ada.Id.ToString());

        await Some.RefundAsync(acme, order, new { AmountMinor = 1 });

        var held = await EvaluateAsync(acme, ada.Id.ToString());
        Assert.That((free.Text("outcome"), held.Text("outcome"), held.Text("decided_by")), Is.EqualTo(("allowed", "denied", "guard:refunded_order")));
    }

    private static async Task<JsonElement> EvaluateAsync(TestTenant tenant, string customerId) =>
        await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync("/v1/contact_policy/evaluate", new { customer_id = customerId, channel = "email", purpose = "marketing" }));
}
