using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Slas;
using CustomerCrm.Tests.Surveys;

namespace CustomerCrm.Tests.RecycleBin;

/// <summary>What was still to be done about a customer or a ticket when it went into the bin is done when it is back, late if need be and once.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class RestoredWorkTests
{
    private DeskHost host = null!;

    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [TestCase("customers")]
    [TestCase("tickets")]
    public async Task A_promise_that_was_broken_meanwhile_is_told_once(string what)
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        var customer = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(customer);

        await AwayAsync(desk, what == "customers" ? $"/v1/customers/{customer}" : $"/v1/tickets/{ticket}", TimeSpan.FromMinutes(90));
        await host.RunAsync();

        var told = await desk.EventsAsync("sla.breached");
        await host.PassAsync(TimeSpan.FromHours(7));

        Assert.That((told.Length, (await desk.EventsAsync("sla.breached")).Length), Is.EqualTo((1, 2)), "and that of the resolution when it is due");
        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("is_breached").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_promise_follows_the_policy_that_was_changed_meanwhile()
    {
        var desk = await host.DeskAsync();
        var sla = await desk.SlaAsync();
        var customer = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(customer);
        var due = (await desk.ClockAsync(ticket, "first_response")).GetProperty("due_at").GetDateTimeOffset();

        await desk.Http.DeleteAsync($"/v1/customers/{customer}");
        await desk.PatchAsync($"/v1/slas/{sla}", new { definition = Desk.Simple(first: 180) });
        await host.RunAsync();
        await RestoreAsync(desk);

        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(due.AddHours(2)));
    }

    [TestCase("customers")]
    [TestCase("tickets")]
    public async Task A_reminder_becomes_a_task(string what)
    {
        var desk = await host.DeskAsync();
        var customer = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(customer);
        var reminder = Desk.Id(await desk.PostAsync("/v1/reminders", new { ticket_id = ticket, in_hours = 2 }));

        await AwayAsync(desk, what == "customers" ? $"/v1/customers/{customer}" : $"/v1/tickets/{ticket}", TimeSpan.FromHours(3));
        await host.RunAsync();

        Assert.That((await desk.GetAsync($"/v1/reminders/{reminder}")).Text("state"), Is.EqualTo("done"));
        Assert.That(await desk.ListAsync("/v1/tasks"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_was_begun_of_a_survey_counts_as_a_part()
    {
        var desk = await host.DeskAsync();
        var customer = await desk.CustomerAsync();
        var survey = (await desk.PostAsync("/v1/surveys", new { name = "How was it?", kind = "csat", status = "active", settings = new { } })).Id();
        using var invitation = new HttpRequestMessage(HttpMethod.Post, $"/v1/surveys/{survey}/invitations") { Content = JsonContent.Create(new { customer_id = customer, channel = "link" }) };
        invitation.Headers.Add("Idempotency-Key", "1");
        var path = new Uri((await TestTenant.ReadAsync<JsonElement>(await desk.Http.SendAsync(invitation))).Text("url")).AbsolutePath;
        await host.CreateClient().PostAsync(path, new FormUrlEncodedContent([new("seen", "score"), new("q_score", "2")]));
        var left = host.Clock.GetUtcNow();

        await AwayAsync(desk, $"/v1/customers/{customer}", TimeSpan.FromHours(30));
        await host.RunAsync();

        var response = (await desk.ListAsync("/v1/survey_responses")).Single();
        Assert.That((response.GetProperty("is_complete").GetBoolean(), response.GetProperty("score").GetInt32(), response.GetProperty("answered_at").GetDateTimeOffset()), Is.EqualTo((false, 2, left)));
    }

    [Test]
    public async Task A_survey_that_was_to_ask_later_asks()
    {
        var desk = await host.DeskAsync();
        var customer = await desk.CustomerAsync();
        var survey = (await desk.PostAsync("/v1/surveys", new { name = "How was it?", kind = "csat", status = "active", settings = new { channel = "link", triggers = new object[] { new { on = "ticket_solved", after_hours = 24 } } } })).Id();
        await desk.PatchAsync($"/v1/tickets/{await desk.TicketAsync(customer)}", new { category = "solved" });
        await host.RunAsync();

        await AwayAsync(desk, $"/v1/customers/{customer}", TimeSpan.FromHours(30));
        await host.RunAsync();

        Assert.That((await desk.ListAsync($"/v1/surveys/{survey}/invitations")).Single().Text("state"), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_check_in_asks()
    {
        var desk = await host.DeskAsync();
        var customer = await desk.CustomerAsync();
        var checkIn = Desk.Id(await desk.PostAsync("/v1/check_ins", new { name = "Still well?", definition = new { after = "ticket_solved", days = 1, @do = "task", task = new { title = "Ask" } } }));
        await desk.PatchAsync($"/v1/tickets/{await desk.TicketAsync(customer)}", new { category = "solved" });
        await host.RunAsync();

        await AwayAsync(desk, $"/v1/customers/{customer}", TimeSpan.FromHours(30));
        await host.RunAsync();

        Assert.That((await desk.ListAsync($"/v1/check_ins/{checkIn}/runs")).Single().Text("state"), Is.EqualTo("done"));
    }

    [Test]
    public async Task A_rule_that_waits_decides()
    {
        var desk = await host.DeskAsync();
        var customer = await desk.CustomerAsync();
        var rule = Desk.Id(await desk.PostAsync("/v1/automation_rules", new
        {
            name = "Later", is_enabled = true,
            definition = new { events = new[] { "note.created" }, delay_seconds = 3600, condition = new { not = new { customer = new { field = "tag", op = "eq", value = "answered" } } }, actions = new object[] { new { @do = "tag_customer", with = new { names = new[] { "waited" } } } } },
        }));
        await desk.PostAsync("/v1/notes", new { customer_id = customer, body = "Call." });
        await host.RunAsync();

        await AwayAsync(desk, $"/v1/customers/{customer}", TimeSpan.FromHours(2));
        await host.RunAsync();

        Assert.That((await desk.ListAsync($"/v1/automation_rules/{rule}/firings")).Single().Text("status"), Is.EqualTo("done"));
    }

    [TestCase("customers")]
    [TestCase("tickets")]
    public async Task A_ticket_that_nobody_has_any_more_finds_somebody(string what)
    {
        var desk = await host.DeskAsync();
        var leaver = await desk.AgentAsync();
        await desk.PostAsync("/v1/routing_rules", new { name = "All", position = 100, definition = new { } });
        var customer = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(customer);

        await desk.Http.DeleteAsync(what == "customers" ? $"/v1/customers/{customer}" : $"/v1/tickets/{ticket}");
        (await desk.Http.DeleteAsync($"/v1/users/{leaver}")).EnsureSuccessStatusCode();
        var other = await desk.AgentAsync();
        await host.RunAsync();
        await RestoreAsync(desk);
        await host.RunAsync();

        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).Text("assignee_id"), Is.EqualTo(other));
    }

    [TestCase("customers")]
    [TestCase("tickets")]
    public async Task The_room_that_a_removed_ticket_leaves_is_given_to_one_that_waits(string what)
    {
        var desk = await host.DeskAsync();
        var agent = await desk.AgentAsync(capacity: 1);
        await desk.PostAsync("/v1/routing_rules", new { name = "All", position = 100, definition = new { } });
        var customer = await desk.CustomerAsync();
        var first = await desk.TicketAsync(customer);
        var second = await desk.TicketAsync();
        await host.RunAsync();

        await desk.Http.DeleteAsync(what == "customers" ? $"/v1/customers/{customer}" : $"/v1/tickets/{first}");
        await host.RunAsync();

        Assert.That((await desk.GetAsync($"/v1/tickets/{second}")).Text("assignee_id"), Is.EqualTo(agent));
    }

    private async Task AwayAsync(Desk desk, string path, TimeSpan time)
    {
        (await desk.Http.DeleteAsync(path)).EnsureSuccessStatusCode();
        await host.PassAsync(time);
        await RestoreAsync(desk);
    }

    private static async Task RestoreAsync(Desk desk) => await desk.PostAsync($"/v1/recycle_bin/{Desk.Id((await desk.ListAsync("/v1/recycle_bin")).Single())}/restore", new { });
}
