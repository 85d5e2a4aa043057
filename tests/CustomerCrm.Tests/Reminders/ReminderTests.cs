using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Reminders;
using CustomerCrm.Tenant;
using CustomerCrm.Tests.Slas;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Reminders;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class ReminderTests
{
    private DeskHost host = null!;

    // One host for all, since starting one takes longer than a test; its clock goes on from test to test.
    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task Three_days_without_an_answer_become_one_task_however_often_the_job_runs()
    {
        var desk = await host.DeskAsync();
        var ada = await desk.UserAsync();
        var ticket = await desk.TicketAsync();
        var reminder = await SetAsync(desk, ticket, new { in_days = 3, user_id = ada, note = "Ask again" });
        await host.RunAsync();
        Assert.That(await desk.ListAsync("/v1/tasks"), Is.Empty);

        host.Clock.Advance(TimeSpan.FromDays(3));
        await host.RunAsync();
        await desk.InScopeAsync(services => services.GetRequiredService<IJob<RemindAgent>>().RunAsync(new RemindAgent(Id<Reminder>.Parse(reminder)), default));

        var task = (await desk.ListAsync("/v1/tasks")).Single();
        Assert.That((task.GetProperty("title").GetString(), task.GetProperty("user_id").GetString(), task.GetProperty("source").GetProperty("kind").GetString()), Is.EqualTo(("Ticket #1: Ask again", ada, "reminder")));
        var now = await desk.GetAsync($"/v1/reminders/{reminder}");
        Assert.That((now.GetProperty("state").GetString(), now.GetProperty("task_id").GetString()), Is.EqualTo(("done", Desk.Id(task))));
    }

    [Test]
    public async Task A_long_note_makes_a_title_that_ends_before_a_sign_that_would_be_cut_in_half()
    {
        var desk = await host.DeskAsync();
        await SetAsync(desk, await desk.TicketAsync(), new { in_hours = 1, note = new string('a', 299 - "Ticket #1: ".Length) + "\U0001F600 and more" });

        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunAsync();

        Assert.That((await desk.ListAsync("/v1/tasks")).Single().GetProperty("title").GetString(), Is.EqualTo("Ticket #1: " + new string('a', 299 - "Ticket #1: ".Length)));
    }

    [Test]
    public async Task An_answer_of_the_customers_drops_what_waits_for_none()
    {
        var desk = await host.DeskAsync();
        var ticket = await desk.TicketAsync();
        var reminder = await SetAsync(desk, ticket, new { in_hours = 2 });
        var anyway = await SetAsync(desk, ticket, new { in_hours = 2, unless_answered = false });

        host.Clock.Advance(TimeSpan.FromHours(1));
        await desk.HearAsync(ticket);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunAsync();

        var dropped = await desk.GetAsync($"/v1/reminders/{reminder}");
        Assert.That((dropped.GetProperty("state").GetString(), dropped.GetProperty("reason").GetString()), Is.EqualTo(("dropped", "customer_answered")));
        Assert.That((await desk.GetAsync($"/v1/reminders/{anyway}")).GetProperty("state").GetString(), Is.EqualTo("done"));
        Assert.That(await desk.ListAsync("/v1/tasks"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_solved_ticket_needs_no_reminder_and_one_put_off_waits_longer()
    {
        var desk = await host.DeskAsync();
        var (solved, open) = (await desk.TicketAsync(), await desk.TicketAsync());
        var dropped = await SetAsync(desk, solved, new { in_hours = 1 });
        var late = await SetAsync(desk, open, new { in_hours = 1 });
        await desk.PatchAsync($"/v1/tickets/{solved}", new { category = "solved" });
        await desk.PatchAsync($"/v1/reminders/{late}", new { remind_at = host.Clock.GetUtcNow().AddHours(3) });

        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.RunAsync();
        Assert.That((await desk.GetAsync($"/v1/reminders/{dropped}")).GetProperty("reason").GetString(), Is.EqualTo("ticket_solved"));
        Assert.That((await desk.GetAsync($"/v1/reminders/{late}")).GetProperty("state").GetString(), Is.EqualTo("waiting"));

        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunAsync();
        Assert.That((await desk.GetAsync($"/v1/reminders/{late}")).GetProperty("state").GetString(), Is.EqualTo("done"));
        Assert.That((await desk.Http.PatchAsJsonAsync($"/v1/reminders/{late}", new { note = "Again" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task What_cannot_be_is_refused_and_another_tenants_ticket_is_none()
    {
        var (desk, stranger) = (await host.DeskAsync(), await host.DeskAsync());
        var ticket = await desk.TicketAsync();

        foreach (var body in new object[] { new { ticket_id = ticket }, new { ticket_id = ticket, in_days = 1, in_hours = 1 }, new { ticket_id = ticket, remind_at = "2029-01-01T00:00:00Z" }, new { ticket_id = ticket, in_days = 0 } })
            Assert.That((await desk.Http.PostAsJsonAsync("/v1/reminders", body)).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await stranger.Http.PostAsJsonAsync("/v1/reminders", new { ticket_id = ticket, in_days = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await desk.ListAsync("/v1/reminders"), Is.Empty);
    }

    [Test]
    public void Days_later_is_the_same_time_of_day_where_clocks_change_on_the_way()
    {
        var vienna = TenantCalendar.In("Europe/Vienna");

        var later = SetReminder.DaysLater(vienna, new DateTimeOffset(2030, 3, 29, 9, 0, 0, TimeSpan.FromHours(1)), 3); // a Friday; on Sunday clocks go forward

        Assert.That(later, Is.EqualTo(new DateTimeOffset(2030, 4, 1, 9, 0, 0, TimeSpan.FromHours(2))));
    }

    private static async Task<string> SetAsync(Desk desk, string ticket, object terms)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(terms)!.AsObject();
        body["ticket_id"] = ticket;
        return Desk.Id(await desk.PostAsync("/v1/reminders", body));
    }
}
