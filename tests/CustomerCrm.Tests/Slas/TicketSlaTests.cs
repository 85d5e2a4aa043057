using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using CustomerCrm.Slas.Alerts;
using CustomerCrm.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Slas;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class TicketSlaTests
{
    private DeskHost host = null!;

    // The clock goes on from test to test: each begins on a Tuesday at nine.
    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task A_due_time_is_told_with_how_it_came_about()
    {
        var desk = await host.DeskAsync();
        await desk.OfficeAsync();
        await desk.SlaAsync(Desk.Simple(resolution: 600), "Standard");
        var opened = host.Clock.GetUtcNow();
        var ticket = await desk.TicketAsync();

        var first = await desk.ClockAsync(ticket, "first_response");
        var resolution = await desk.ClockAsync(ticket, "resolution");

        Assert.That(first.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddHours(1)));
        Assert.That(resolution.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddDays(1).AddHours(2)), "ten hours of an office that closes at five");
        var row = resolution.GetProperty("ledger")[0];
        Assert.That(row.GetProperty("reason").GetString(), Is.EqualTo("ticket_created"));
        Assert.That(row.GetProperty("explanation").GetString(), Does.StartWith("Starts: 600 minutes in the hours of Office, promised by Standard. Due 20").And.EndsWith("11:00 UTC."));
    }

    [Test]
    public async Task Waiting_for_the_customer_is_nobodys_delay()
    {
        var desk = await host.DeskAsync();
        await desk.OfficeAsync();
        await desk.SlaAsync();
        var opened = host.Clock.GetUtcNow();
        var ticket = await desk.TicketAsync();
        await host.PassAsync(TimeSpan.FromMinutes(30));
        await desk.ReplyAsync(ticket, new { category = "pending" });

        await host.PassAsync(TimeSpan.FromHours(3));
        var paused = await desk.ClockAsync(ticket, "resolution");
        await desk.HearAsync(ticket);
        var running = await desk.ClockAsync(ticket, "resolution");

        Assert.That((paused.GetProperty("state").GetString(), paused.GetProperty("due_at").ValueKind, paused.GetProperty("remaining_minutes").GetDouble()), Is.EqualTo(("paused", JsonValueKind.Null, 450.0)));
        Assert.That(running.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddDays(1).AddHours(3)), "eight hours, of which three did not count");
        Assert.That(running.GetProperty("ledger").EnumerateArray().Select(e => (e.GetProperty("step").GetString(), e.GetProperty("reason").GetString())), Is.EqualTo(new[] { ("start", "ticket_created"), ("pause", "pending"), ("resume", "customer_replied") }));
        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("state").GetString(), Is.EqualTo("stopped"));
        var next = await desk.ClockAsync(ticket, "next_response");
        Assert.That((next.GetProperty("cycle").GetInt32(), next.GetProperty("due_at").GetDateTimeOffset()), Is.EqualTo((1, opened.AddHours(5.5))));
    }

    [Test]
    public async Task Each_time_the_customer_writes_the_next_answer_is_promised_anew()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        var ticket = await desk.TicketAsync();
        foreach (var _ in new[] { 1, 2 })
        {
            await host.PassAsync(TimeSpan.FromMinutes(10));
            await desk.ReplyAsync(ticket);
            await host.PassAsync(TimeSpan.FromMinutes(10));
            await desk.HearAsync(ticket);
            await desk.HearAsync(ticket); // twice without an answer is one wait
        }

        var clocks = (await desk.GetAsync($"/v1/tickets/{ticket}/sla")).GetProperty("clocks").EnumerateArray().Where(c => c.GetProperty("promise").GetString() == "next_response").ToArray();

        Assert.That(clocks.Select(c => (c.GetProperty("cycle").GetInt32(), c.GetProperty("state").GetString(), c.GetProperty("counted_minutes").GetDouble())), Is.EqualTo(new[] { (1, "stopped", 10.0), (2, "running", 0.0) }));
    }

    [Test]
    public async Task A_solved_ticket_that_is_opened_again_goes_on_where_it_was()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        var ticket = await desk.TicketAsync();
        await host.PassAsync(TimeSpan.FromHours(1));
        await desk.ReplyAsync(ticket, new { category = "solved" });
        await host.PassAsync(TimeSpan.FromHours(5));

        await desk.PatchAsync($"/v1/tickets/{ticket}", new { category = "open" });
        await host.PassAsync(TimeSpan.FromHours(1));

        var clock = await desk.ClockAsync(ticket, "resolution");
        Assert.That((clock.GetProperty("state").GetString(), clock.GetProperty("counted_minutes").GetDouble()), Is.EqualTo(("running", 120.0)));
        Assert.That(clock.GetProperty("ledger").EnumerateArray().Select(e => e.GetProperty("reason").GetString()), Is.EqualTo(new[] { "ticket_created", "solved", "reopened" }));
        Assert.That(clock.GetProperty("ledger")[1].GetProperty("explanation").GetString(), Is.EqualTo("Stops with 60 minutes counted. In time."));
    }

    [Test]
    public async Task Warning_breach_and_escalations_are_each_told_once_however_often_the_job_runs()
    {
        var desk = await host.DeskAsync();
        var manager = await desk.UserAsync(Role.Manager, "Grace Hopper");
        var lead = await desk.UserAsync(Role.Agent, "Katherine Johnson");
        await desk.SlaAsync(new
        {
            targets = new { normal = new { first_response_minutes = 60 }, high = new { first_response_minutes = 60 } },
            warn_before_minutes = 15,
            escalations = new object[]
            {
                new { name = "tell the lead", promise = "first_response", offset_minutes = -20, @do = "notify", user_id = lead },
                new { name = "raise", promise = "first_response", offset_minutes = 10, @do = "raise_priority" },
                new { name = "manager", promise = "first_response", offset_minutes = 60, @do = "hand_to_manager" },
            },
        });
        var ticket = await desk.TicketAsync(subject: "Nobody answers");

        await host.PassAsync(TimeSpan.FromHours(4));
        await RunTwiceAsync(desk, ticket);

        var alerts = (await desk.ClockAsync(ticket, "first_response")).GetProperty("alerts").EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!, a => a.GetProperty("outcome").GetString());
        Assert.That(alerts, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["escalation:tell the lead"] = "A task for Katherine Johnson, and a letter.", ["warning"] = "It will soon be late.", ["breach"] = "It is late.", ["escalation:raise"] = "From Normal to High.", ["escalation:manager"] = "A task for Grace Hopper, and a letter.",
        }));
        Assert.That(await desk.EventsAsync("sla.warning"), Has.Length.EqualTo(1));
        Assert.That(await desk.EventsAsync("sla.breached"), Has.Length.EqualTo(1));
        Assert.That(await desk.EventsAsync("sla.escalated"), Has.Length.EqualTo(3));
        Assert.That((await desk.ListAsync("/v1/tasks")).Select(t => t.GetProperty("user_id").GetString()), Is.EquivalentTo(new[] { lead, manager }));
        var letters = await desk.MailboxAsync(await desk.EmailOfAsync(lead));
        Assert.That(letters, Has.Length.EqualTo(1), "once for each step");
        Assert.That(letters[0].GetProperty("subject").GetString(), Does.StartWith("First answer to ticket #").And.EndsWith(": Nobody answers"));
        Assert.That(letters[0].GetProperty("text").GetString(), Does.Contain("is due at 20").And.Contain(ticket).And.Contain("\"tell the lead\""));
        Assert.That((await desk.MailboxAsync(await desk.EmailOfAsync(manager))).Single().GetProperty("text").GetString(), Does.Contain("was due at 20"));
        var now = await desk.GetAsync($"/v1/tickets/{ticket}");
        Assert.That((now.GetProperty("assignee_id").GetString(), now.GetProperty("priority").GetString()), Is.EqualTo((manager, "high")));
    }

    [Test]
    public async Task A_promise_that_was_kept_counts_to_when_it_would_have_been_due()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        var (kept, paused, late) = (await desk.TicketAsync(), await desk.TicketAsync(), await desk.TicketAsync());
        var opened = host.Clock.GetUtcNow();
        await host.PassAsync(TimeSpan.FromMinutes(30));
        await desk.ReplyAsync(kept);
        await desk.PatchAsync($"/v1/tickets/{paused}", new { category = "pending" });
        await host.PassAsync(TimeSpan.FromMinutes(60));
        await desk.ReplyAsync(paused); // while nothing was counted
        await desk.ReplyAsync(late);
        await host.RunAsync();

        var first = (await desk.ListAsync("/v1/slas/clocks?filter[promise][eq]=first_response")).ToDictionary(c => c.GetProperty("ticket_id").GetString()!, c => (c.GetProperty("due_at").GetDateTimeOffset(), c.GetProperty("breached_at").ValueKind == JsonValueKind.Null));
        Assert.That(first[kept], Is.EqualTo((opened.AddHours(1), true)));
        Assert.That(first[paused], Is.EqualTo((opened.AddHours(2), true)), "half an hour was left when it was answered");
        Assert.That(first[late], Is.EqualTo((opened.AddHours(1), false)));
        var report = (await desk.GetAsync("/v1/reports/service")).GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("key").GetString() == "sla_first_response");
        Assert.That((report.GetProperty("n").GetInt32(), report.GetProperty("figures")[0].GetProperty("value").GetDouble()), Is.EqualTo((3, 2.0 / 3)));
    }

    [Test]
    public async Task A_pause_keeps_warnings_away_until_it_is_over()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync(new { targets = new { normal = new { resolution_minutes = 60 } }, warn_before_minutes = 15 });
        var ticket = await desk.TicketAsync();
        await host.PassAsync(TimeSpan.FromMinutes(30));
        await desk.ReplyAsync(ticket, new { category = "on_hold" });

        await host.PassAsync(TimeSpan.FromHours(5));
        Assert.That(await desk.EventsAsync("sla.warning"), Is.Empty);

        await desk.PatchAsync($"/v1/tickets/{ticket}", new { category = "open" });
        await host.PassAsync(TimeSpan.FromMinutes(16));
        Assert.That(await desk.EventsAsync("sla.warning"), Has.Length.EqualTo(1));
        Assert.That(await desk.EventsAsync("sla.breached"), Is.Empty);
    }

    [Test]
    public async Task What_is_answered_too_late_before_the_job_looked_is_a_breach_all_the_same()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        var ticket = await desk.TicketAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(61)); // and no job ran

        await desk.ReplyAsync(ticket);
        await host.RunAsync();

        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("is_breached").GetBoolean(), Is.True);
        Assert.That(await desk.EventsAsync("sla.breached"), Has.Length.EqualTo(1));
        Assert.That(await desk.ListAsync("/v1/slas/clocks?filter[is_breached][eq]=true"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_changed_calendar_moves_what_is_due_and_an_old_row_still_says_what_held_then()
    {
        var desk = await host.DeskAsync();
        var office = await desk.OfficeAsync();
        await desk.SlaAsync();
        var opened = host.Clock.GetUtcNow();
        var ticket = await desk.TicketAsync();
        await desk.ReplyAsync(ticket);

        await desk.PatchAsync($"/v1/business_calendars/{office}", new { name = "Short days", hours = new[] { "tuesday", "wednesday", "thursday" }.Select(day => new { day, from = "09:00", to = "12:00" }) });
        await host.RunAsync();

        var clock = await desk.ClockAsync(ticket, "resolution");
        Assert.That(clock.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddDays(2).AddHours(2)), "three hours today, three tomorrow, two on Thursday");
        var (first, second) = (clock.GetProperty("ledger")[0], clock.GetProperty("ledger")[1]);
        Assert.That((second.GetProperty("step").GetString(), second.GetProperty("reason").GetString()), Is.EqualTo(("retarget", "calendar_changed")));
        Assert.That(first.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddHours(8)), "what held then");
        Assert.That(first.GetProperty("explanation").GetString(), Does.Contain("in the hours of Office"));
        Assert.That(second.GetProperty("explanation").GetString(), Does.Contain("in the hours of Short days"));
    }

    [Test]
    public async Task A_changed_policy_and_another_priority_count_the_whole_clock_anew_and_leave_what_has_stopped()
    {
        var desk = await host.DeskAsync();
        var sla = await desk.SlaAsync();
        var opened = host.Clock.GetUtcNow();
        var ticket = await desk.TicketAsync();
        await desk.ReplyAsync(ticket);

        await desk.PatchAsync($"/v1/slas/{sla}", new { definition = Desk.Simple(first: 2, resolution: 240) });
        await host.RunAsync();
        Assert.That((await desk.ClockAsync(ticket, "resolution")).GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddHours(4)));

        await desk.PatchAsync($"/v1/tickets/{ticket}", new { priority = "urgent" });
        var resolution = await desk.ClockAsync(ticket, "resolution");
        Assert.That(resolution.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(opened.AddHours(2)));
        Assert.That(resolution.GetProperty("ledger").EnumerateArray().Select(e => e.GetProperty("reason").GetString()), Is.EqualTo(new[] { "ticket_created", "other_target", "other_target" }));
        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("target_minutes").GetInt32(), Is.EqualTo(60));
    }

    [Test]
    public async Task The_first_policy_that_matches_holds_and_each_is_explained()
    {
        var desk = await host.DeskAsync();
        var best = await desk.SlaAsync(new { condition = new { all = new object[] { new { ticket = new { field = "tags", op = "contains", value = "vip" } }, new { customer = new { field = "language", op = "eq", value = "de" } } } }, targets = new { normal = new { first_response_minutes = 5 } } }, "Best", 1);
        await desk.SlaAsync(name: "Others", position: 2);
        var ada = await desk.CustomerAsync("de");
        var vip = Desk.Id(await desk.PostAsync("/v1/tickets", new { customer_id = ada, subject = "Tea", tags = new[] { "vip" } }));
        var other = await desk.TicketAsync(ada);

        var considered = (await desk.GetAsync($"/v1/tickets/{other}/sla")).GetProperty("considered").EnumerateArray().ToArray();

        Assert.That((await desk.ClockAsync(vip, "first_response")).GetProperty("sla_id").GetString(), Is.EqualTo(best));
        Assert.That(considered.Select(c => (c.GetProperty("name").GetString(), c.GetProperty("matches").GetBoolean())), Is.EqualTo(new[] { ("Best", false), ("Others", true) }));
        Assert.That(considered[0].GetProperty("condition").GetProperty("parts")[0].GetProperty("seen").GetArrayLength(), Is.Zero);
        Assert.That((await desk.ClockAsync(other, "first_response")).GetProperty("target_minutes").GetInt32(), Is.EqualTo(60));
    }

    [Test]
    public async Task A_team_keeps_its_own_hours()
    {
        var desk = await host.DeskAsync();
        await desk.OfficeAsync();
        var night = await desk.OfficeAsync(from: "20:00", to: "22:00", isDefault: false, name: "Night");
        var team = await desk.TeamAsync();
        await desk.SlaAsync();
        var ticket = await desk.TicketAsync(team: team);
        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(host.Clock.GetUtcNow().AddHours(1)));

        await desk.PutAsync($"/v1/slas/teams/{team}/calendar", new { calendar_id = night });
        await host.RunAsync();

        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(host.Clock.GetUtcNow().AddHours(12)));
        (await desk.Http.DeleteAsync($"/v1/slas/teams/{team}/calendar")).EnsureSuccessStatusCode();
        await host.RunAsync();
        Assert.That((await desk.ClockAsync(ticket, "first_response")).GetProperty("ledger").EnumerateArray().Select(e => e.GetProperty("reason").GetString()), Is.EqualTo(new[] { "ticket_created", "other_calendar", "other_calendar" }));
    }

    [Test]
    public async Task The_ledger_cannot_be_rewritten_by_anybody()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        await desk.TicketAsync();

        Assert.That(async () => await desk.ExecuteAsync(TenantSql.Of("UPDATE SlaEntries SET Reason = 'better' WHERE TenantId = @TenantId")), Throws.Exception.With.Message.Contains("added to and never changed"));
    }

    [Test]
    public async Task What_is_wrong_is_named_and_nothing_is_kept()
    {
        var desk = await host.DeskAsync();

        var response = await desk.Http.PostAsJsonAsync("/v1/slas", new
        {
            name = "Odd",
            definition = new { condition = new { any = new object[] { new { ticket = new { field = "weather", op = "eq", value = "rain" } } } }, targets = new { normal = new { first_response_minutes = 5 } } },
        });
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/definition/condition/any/0/ticket/field"));
        Assert.That(await desk.ListAsync("/v1/slas"), Is.Empty);
        foreach (var body in new object[]
        {
            new { name = "Odd", definition = new { targets = new { } } },
            new { name = "Odd", definition = new { targets = new { low = new { first_response_minutes = 0 } } } },
            new { name = "Odd", definition = new { targets = new { low = new { first_response_minutes = 1 } }, paused_while = new[] { "open" } } },
            new { name = "Odd", definition = new { targets = new { low = new { first_response_minutes = 1 } }, escalations = new[] { new { name = "x", promise = "first_response", @do = "reassign" } } } },
        })
            Assert.That((await desk.Http.PostAsJsonAsync("/v1/slas", body)).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), JsonSerializer.Serialize(body));
    }

    [Test]
    public async Task Another_tenants_promises_are_nobodys()
    {
        var (desk, stranger) = (await host.DeskAsync(), await host.DeskAsync());
        var sla = await desk.SlaAsync();
        var ticket = await desk.TicketAsync();

        foreach (var path in new[] { $"/v1/slas/{sla}", $"/v1/tickets/{ticket}/sla" }) Assert.That((await stranger.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        Assert.That(await stranger.ListAsync("/v1/slas/clocks"), Is.Empty);
    }

    private async Task RunTwiceAsync(Desk desk, string ticket)
    {
        foreach (var _ in new[] { 1, 2 })
            await desk.InScopeAsync(services => services.GetRequiredService<IJob<WatchSla>>().RunAsync(new WatchSla(Id<Ticket>.Parse(ticket)), default));
        await host.RunAsync();
    }
}
