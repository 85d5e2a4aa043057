using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Messages;

/// <summary>Caps and daily limits hold exactly, also when everybody comes at once.</summary>
public class LimitTests
{
    [Test]
    public async Task Of_fifty_at_once_exactly_as_many_leave_as_the_cap_allows()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        await SomeMessages.SayAsync(acme, ada.Id);
        await SomeMessages.SayAsync(acme, ada.Id, channel: CustomerCrm.Customers.Contacting.MessageChannel.Sms);

        var posted = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id, i % 2 == 0 ? "email" : "sms"))));
        await TestApi.RunJobsAsync();

        var states = await Task.WhenAll(posted.Select(message => SomeMessages.StateAsync(acme, message)));
        Assert.That(states.Count(s => s == "sent"), Is.EqualTo(2));
        Assert.That(posted.Where(p => p.Text("state") == "refused").Select(p => p.Text("code")).Distinct(), Is.EqualTo(new[] { "cap:day" }));
        Assert.That((await Mailbox.OfAsync(ada.Email!)).Length + (await Mailbox.OfAsync(ada.Phone!)).Length, Is.EqualTo(2));
    }

    [Test]
    public async Task A_cap_that_is_lowered_holds_for_what_is_queued()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        await SomeMessages.SayAsync(acme, ada.Id);
        await SomeMessages.PatchPolicyAsync(acme, new { caps = new[] { new { per = "day", most = 1 } } });

        var first = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));
        await TestApi.RunJobsAsync();
        var second = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));

        Assert.That(await SomeMessages.StateAsync(acme, first), Is.EqualTo("sent"));
        Assert.That((second.Text("state"), second.Text("code")), Is.EqualTo(("refused", "cap:day")));
    }

    [Test]
    public async Task What_is_above_the_daily_limit_waits_for_the_next_day()
    {
        var acme = await TestTenant.NewAsync();
        await SomeMessages.PatchPolicyAsync(acme, new { daily_limits = new { email = 3, sms = 0 } });

        var posted = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SomeMessages.PostAsync(acme, new
        {
            to = $"{Guid.NewGuid():N}@example.com", channel = "email", purpose = "transactional", content = new { subject = "Receipt", text = "Thank you." },
        })));
        await TestApi.RunJobsAsync();

        var now = await Task.WhenAll(posted.Select(p => acme.GetAsync<JsonElement>($"/v1/messages/{p.Id()}")));
        Assert.That(now.Count(m => m.Text("state") == "sent"), Is.EqualTo(3));
        var waiting = now.Where(m => m.Text("state") != "sent").ToArray();
        Assert.That(waiting.Select(m => (m.Text("state"), m.Text("code"))).Distinct(), Is.EqualTo(new[] { ("deferred", "daily_limit") }));
        Assert.That(waiting.Select(m => m.GetProperty("due_at").GetDateTimeOffset()).Distinct(), Is.EqualTo(new[] { new DateTimeOffset(2030, 1, 16, 0, 0, 0, TimeSpan.Zero) }));
    }

    [Test]
    public async Task A_long_text_message_takes_a_part_of_the_limit_for_each_that_is_paid_for()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        await SomeMessages.PatchPolicyAsync(acme, new { daily_limits = new { email = 10, sms = 4 } });
        object Long() => new { customer_id = ada.Id.ToString(), channel = "sms", purpose = "transactional", content = new { sms = new string('x', 400) } };

        var (first, second) = (await SomeMessages.PostAsync(acme, Long()), await SomeMessages.PostAsync(acme, Long()));
        await TestApi.RunJobsAsync();
        var small = await SomeMessages.PostAsync(acme, SomeMessages.Transactional(ada.Id, "sms"));
        await TestApi.RunJobsAsync();

        Assert.That((first.GetProperty("parts").GetInt32(), small.GetProperty("parts").GetInt32()), Is.EqualTo((3, 1)));
        Assert.That((await SomeMessages.StateAsync(acme, first), await SomeMessages.StateAsync(acme, second), await SomeMessages.StateAsync(acme, small)), Is.EqualTo(("sent", "deferred", "sent")));
        var dryRun = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync("/v1/contact_policy/evaluate", new { customer_id = ada.Id.ToString(), channel = "sms", purpose = "transactional", parts = 1 }));
        Assert.That(dryRun.GetProperty("rules").EnumerateArray().Single(r => r.Text("name") == "daily_limit").Text("value"), Is.EqualTo("4"));
    }

    [Test]
    public async Task A_limit_of_nothing_lets_nothing_leave()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        await SomeMessages.PatchPolicyAsync(acme, new { daily_limits = new { email = 10, sms = 0 } });

        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Transactional(ada.Id, "sms"));

        Assert.That((posted.Text("state"), posted.Text("code")), Is.EqualTo(("refused", "most_deferral")));
    }

    [Test]
    public async Task The_minimum_gap_puts_messages_apart()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        await SomeMessages.SayAsync(acme, ada.Id);
        await SomeMessages.PatchPolicyAsync(acme, new { minimum_gap = new { minutes = 60 }, caps = Array.Empty<object>() });

        var posted = new List<JsonElement>();
        for (var i = 0; i < 3; i++) posted.Add(await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id)));

        var now = TestApi.Clock.GetUtcNow();
        Assert.That(posted.Select(p => p.Text("state")), Is.EqualTo(new[] { "queued", "deferred", "deferred" }));
        Assert.That(posted.Skip(1).Select(p => p.GetProperty("due_at").GetDateTimeOffset()), Is.EqualTo(new[] { now.AddHours(1), now.AddHours(2) }));
    }

    [Test]
    public async Task The_operators_ceiling_is_above_the_owners_limit()
    {
        var acme = await TestTenant.NewAsync();

        var answer = await acme.Http.PatchAsJsonAsync("/v1/contact_policy", new { daily_limits = new { email = 9_000_000, sms = 10 } });

        var problem = await Problem.OfAsync(answer);
        Assert.That(problem.Pointers, Is.EqualTo(new[] { "/daily_limits/email" }));
    }
}
