using System.Text.Json;

namespace CustomerCrm.Tests.Slas;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class SlaByCustomerTests
{
    private DeskHost host = null!;

    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task A_customer_who_becomes_somebody_else_to_a_policy_is_promised_by_it_from_then_on()
    {
        var desk = await host.DeskAsync();
        var best = await desk.SlaAsync(new { condition = new { customer = new { field = "spend_minor", op = "gte", value = 50_000 } }, targets = new { normal = new { resolution_minutes = 60 } } }, "Best", 1);
        await desk.SlaAsync(name: "Others", position: 2);
        var (ada, opened) = (await desk.CustomerAsync(), host.Clock.GetUtcNow());
        var ticket = await desk.TicketAsync(ada);
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("sla").GetProperty("sla_name").GetString(), Is.EqualTo("Others"));

        await desk.PutAsync("/v1/orders/by-external-id/shop/1", new { customer_id = ada, placed_at = opened, payment_status = "paid", currency = "EUR", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 60_000 } } });
        await host.RunAsync();

        var sla = (await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("sla");
        Assert.That((sla.GetProperty("sla_id").GetString(), sla.GetProperty("next_promise").GetString(), sla.GetProperty("next_due_at").GetDateTimeOffset()), Is.EqualTo((best, "resolution", opened.AddHours(1))));
        var rows = (await desk.ClockAsync(ticket, "resolution")).GetProperty("ledger").EnumerateArray().Select(e => e.GetProperty("reason").GetString());
        Assert.That(rows, Is.EqualTo(new[] { "ticket_created", "other_policy" }));
    }

    [Test]
    public async Task Whoever_joins_a_segment_that_a_policy_asks_for_is_held_against_it()
    {
        var desk = await host.DeskAsync();
        var segment = Desk.Id(await desk.PostAsync("/v1/segments", new { name = "Friends", kind = "static" }));
        await desk.SlaAsync(new { condition = new { customer = new { segment } }, targets = new { normal = new { first_response_minutes = 10 } } }, "Friends", 1);
        var ada = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(ada);
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("sla").ValueKind, Is.EqualTo(JsonValueKind.Null), "nothing is promised to her");

        await desk.PostAsync($"/v1/segments/{segment}/members", new { customer_ids = new[] { ada } });
        await host.RunAsync();

        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("sla").GetProperty("sla_name").GetString(), Is.EqualTo("Friends"));
    }

    [Test]
    public async Task The_360_says_what_each_open_ticket_was_promised_and_that_it_was_missed()
    {
        var desk = await host.DeskAsync();
        await desk.SlaAsync();
        var ada = await desk.CustomerAsync();
        await desk.TicketAsync(ada);
        await host.PassAsync(TimeSpan.FromMinutes(61));

        var sla = (await desk.GetAsync($"/v1/customers/{ada}/360")).GetProperty("open_tickets")[0].GetProperty("sla");

        Assert.That(sla.GetProperty("is_breached").GetBoolean(), Is.True);
        Assert.That(sla.GetProperty("breached").EnumerateArray().Select(p => p.GetString()), Is.EqualTo(new[] { "first_response" }));
        Assert.That(sla.GetProperty("next_promise").GetString(), Is.EqualTo("first_response"), "the oldest debt first");
    }
}
