using System.Net;
using System.Net.Http.Json;
using CustomerCrm.CheckIns.Runs;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Slas;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.CheckIns;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class CheckInTests
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
    public async Task A_week_after_a_solved_ticket_somebody_asks_once()
    {
        var desk = await host.DeskAsync();
        var ada = await desk.UserAsync();
        var checkIn = await CheckInAsync(desk, new { after = "ticket_solved", days = 7, @do = "task", task = new { title = "Ask whether it still works" } });
        var ticket = await desk.TicketAsync();
        await desk.PatchAsync($"/v1/tickets/{ticket}", new { assignee_id = ada, category = "solved" });
        await host.RunAsync();
        var run = (await RunsAsync(desk, checkIn)).Single();
        Assert.That((run.GetProperty("state").GetString(), run.GetProperty("due_at").GetDateTimeOffset()), Is.EqualTo(("waiting", host.Clock.GetUtcNow().AddDays(7))));

        host.Clock.Advance(TimeSpan.FromDays(7));
        await host.RunAsync();
        await desk.InScopeAsync(services => services.GetRequiredService<IJob<AskCustomer>>().RunAsync(new AskCustomer(Id<CheckInRun>.Parse(Desk.Id(run))), default));

        var task = (await desk.ListAsync("/v1/tasks")).Single();
        Assert.That((task.GetProperty("title").GetString(), task.GetProperty("user_id").GetString()), Is.EqualTo(("Ask whether it still works", ada)));
    }

    [Test]
    public async Task Whose_ticket_is_open_again_is_not_asked()
    {
        var desk = await host.DeskAsync();
        var checkIn = await CheckInAsync(desk, new { after = "ticket_solved", days = 2, @do = "task", task = new { title = "Ask" } });
        var ticket = await desk.TicketAsync();
        await desk.PatchAsync($"/v1/tickets/{ticket}", new { category = "solved" });
        await host.RunAsync();
        await desk.PatchAsync($"/v1/tickets/{ticket}", new { category = "open" });

        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.RunAsync();

        Assert.That((await RunsAsync(desk, checkIn)).Single().GetProperty("reason").GetString(), Is.EqualTo("reopened"));
        Assert.That(await desk.ListAsync("/v1/tasks"), Is.Empty);
    }

    [Test]
    public async Task The_first_order_is_written_about_through_the_policy_and_the_second_is_not()
    {
        var desk = await host.DeskAsync();
        var template = Desk.Id(await desk.PostAsync("/v1/templates", new { name = "first", subject = "How was it?", text = "Is the tea good?" }));
        var checkIn = await CheckInAsync(desk, new { after = "first_order", days = 3, customer = new { field = "language", op = "eq", value = "en" }, @do = "message", message = new { template_id = template } });
        var (ada, other) = (await desk.CustomerAsync("en"), await desk.CustomerAsync("de"));
        foreach (var customer in new[] { ada, ada, other })
        {
            await desk.PostAsync("/v1/orders", new { customer_id = customer, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
            await host.RunAsync();
        }

        host.Clock.Advance(TimeSpan.FromDays(3));
        await host.RunAsync();

        Assert.That((await RunsAsync(desk, checkIn)).Select(r => (r.GetProperty("customer_id").GetString(), r.GetProperty("state").GetString(), r.GetProperty("reason").GetString())),
            Is.EquivalentTo(new[] { (ada, "done", null), (other, "dropped", "customer_does_not_match") }));
        Assert.That((await desk.ListAsync($"/v1/customers/{ada}/messages")).Single().GetProperty("reason").GetProperty("kind").GetString(), Is.EqualTo("check_in"));
    }

    [Test]
    public async Task What_is_wrong_is_refused_and_strangers_see_nothing()
    {
        var (desk, stranger) = (await host.DeskAsync(), await host.DeskAsync());
        var checkIn = await CheckInAsync(desk, new { after = "ticket_solved", days = 7, @do = "task", task = new { title = "Ask" } });

        foreach (var definition in new object[]
        {
            new { after = "ticket_solved", days = 7, @do = "task" }, new { after = "ticket_solved", days = 7, @do = "message", task = new { title = "x" } },
            new { after = "ticket_solved", days = 7, @do = "message", message = new { template_id = "tpl_01951c2e8f0070008000000000" } },
        })
            Assert.That((await desk.Http.PostAsJsonAsync("/v1/check_ins", new { name = "Other", definition })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await desk.Http.PostAsJsonAsync("/v1/check_ins", new { name = "ask", definition = new { after = "ticket_solved", days = 7, @do = "task", task = new { title = "Ask" } } })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await stranger.Http.GetAsync($"/v1/check_ins/{checkIn}/runs")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task<string> CheckInAsync(Desk desk, object definition) => Desk.Id(await desk.PostAsync("/v1/check_ins", new { name = "Ask", definition }));

    private static Task<System.Text.Json.JsonElement[]> RunsAsync(Desk desk, string checkIn) => desk.ListAsync($"/v1/check_ins/{checkIn}/runs");
}
