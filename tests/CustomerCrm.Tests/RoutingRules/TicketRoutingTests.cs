using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using CustomerCrm.RoutingRules;
using CustomerCrm.Tests.Conversations;
using CustomerCrm.Tests.Slas;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.RoutingRules;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class TicketRoutingTests
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
    public async Task Fifty_tickets_at_once_give_five_agents_exactly_what_they_may_have()
    {
        var desk = await host.DeskAsync();
        var agents = new List<string>();
        for (var i = 0; i < 5; i++) agents.Add(await desk.AgentAsync(capacity: 3, name: $"Agent {i}"));
        await RuleAsync(desk, new { });
        var customer = await desk.CustomerAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => desk.TicketAsync(customer, subject: $"Ticket {i}"))));

        var tickets = await desk.ListAsync("/v1/tickets?limit=100");
        Assert.That(tickets, Has.Length.EqualTo(50));
        Assert.That(tickets.CountBy(t => t.GetProperty("assignee_id").GetString() ?? "").ToDictionary(), Is.EquivalentTo(agents.ToDictionary(a => a, _ => 3).Append(new("", 35))));
        Assert.That(await desk.ListAsync("/v1/routing_rules/waiting?limit=100"), Has.Length.EqualTo(35));
    }

    [Test]
    public async Task Fifty_that_are_solved_at_once_make_room_for_exactly_as_many()
    {
        var desk = await host.DeskAsync();
        for (var i = 0; i < 5; i++) await desk.AgentAsync(capacity: 3, name: $"Agent {i}");
        await RuleAsync(desk, new { });
        var customer = await desk.CustomerAsync();
        for (var i = 0; i < 40; i++) await desk.TicketAsync(customer, subject: $"Ticket {i}");
        var held = (await desk.ListAsync("/v1/tickets?limit=100")).Where(t => t.GetProperty("assignee_id").ValueKind == JsonValueKind.String).Select(Desk.Id).ToArray();

        await Task.WhenAll(held.Select(ticket => Task.Run(() => desk.PatchAsync($"/v1/tickets/{ticket}", new { category = "solved" }))));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => desk.InScopeAsync(services => services.GetRequiredService<IJob<AssignWaiting>>().RunAsync(new AssignWaiting(), default)))));
        await host.RunAsync();

        var open = (await desk.ListAsync("/v1/tickets?limit=100")).Where(t => t.GetProperty("category").GetString() is "open" or "new").ToArray();
        Assert.That(held, Has.Length.EqualTo(15));
        Assert.That(open.Where(t => t.GetProperty("assignee_id").ValueKind == JsonValueKind.String).CountBy(t => t.GetProperty("assignee_id").GetString() ?? "").Select(a => a.Value), Is.EqualTo(new[] { 3, 3, 3, 3, 3 }));
        Assert.That(await desk.ListAsync("/v1/routing_rules/waiting?limit=100"), Has.Length.EqualTo(10));
    }

    [Test]
    public async Task What_somebody_had_who_leaves_goes_to_others_or_waits()
    {
        var desk = await host.DeskAsync();
        await RuleAsync(desk, new { });
        var leaver = await desk.AgentAsync(capacity: 5, name: "Grace");
        var tickets = new[] { await desk.TicketAsync(), await desk.TicketAsync(), await desk.TicketAsync() };
        var conversation = Desk.Id(await desk.PostAsync("/v1/conversations", new { customer_id = await desk.CustomerAsync(), channel = "phone", assignee_id = leaver, message = new { author = "customer", text = "Called." } }));
        await desk.PatchAsync($"/v1/tickets/{tickets[2]}", new { category = "solved" });
        var stays = await desk.AgentAsync(capacity: 1, name: "Ada");

        (await desk.Http.DeleteAsync($"/v1/users/{leaver}")).EnsureSuccessStatusCode();
        await host.RunAsync();

        Assert.That(await desk.ListAsync($"/v1/tickets?filter[assignee_id][eq]={leaver}&filter[is_solved][eq]=false"), Is.Empty);
        var open = await Task.WhenAll(tickets[..2].Select(ticket => desk.GetAsync($"/v1/tickets/{ticket}")));
        Assert.That(open.Select(t => t.GetProperty("assignee_id").GetString()), Is.EquivalentTo(new[] { stays, null }));
        Assert.That((await desk.ListAsync("/v1/routing_rules/waiting")).Select(w => w.GetProperty("ticket_id").GetString()), Is.EqualTo(open.Where(t => t.GetProperty("assignee_id").GetString() is null).Select(Desk.Id)));
        Assert.That((await desk.ListAsync("/v1/conversations?unassigned=true")).Select(Desk.Id), Does.Contain(conversation));
        Assert.That((await desk.ListAsync($"/v1/conversations/{conversation}/entries")).Select(e => (e.GetProperty("what").GetString(), e.GetProperty("text").GetString())), Does.Contain(("assigned", "nobody")));
    }

    [Test]
    public async Task Who_may_answer_nobody_is_given_nothing()
    {
        var desk = await host.DeskAsync();
        await RuleAsync(desk, new { });
        using var refused = await desk.Http.PutAsJsonAsync($"/v1/agents/{await desk.UserAsync(Role.Analyst)}", new { capacity = 5 });
        Assert.That(await ReplyTests.ErrorsAsync(refused), Is.EqualTo(new[] { ("", "cannot_answer") }));
        var agent = await desk.AgentAsync(name: "Grace");
        await desk.PatchAsync($"/v1/users/{agent}", new { role = "analyst" });

        var ticket = await desk.TicketAsync();

        var why = await desk.GetAsync($"/v1/tickets/{ticket}/routing");
        Assert.That(why.GetProperty("assignee_id").GetString(), Is.Null);
        Assert.That(why.GetProperty("decisions")[0].GetProperty("details").GetProperty("agents").EnumerateArray().Select(a => (a.GetProperty("user_id").GetString(), a.GetProperty("code").GetString())), Is.EqualTo(new[] { (agent, "cannot_answer") }));
    }

    [Test]
    public async Task Why_here_is_told_rule_by_rule_with_what_was_seen_and_agent_by_agent()
    {
        var desk = await host.DeskAsync();
        var team = await desk.TeamAsync("Refunds");
        var able = await desk.AgentAsync(skills: ["German"], team: team, name: "Grace");
        var other = await desk.AgentAsync(team: team, name: "Ada");
        await desk.AgentAsync(name: "Joan");
        await RuleAsync(desk, new { condition = new { ticket = new { field = "priority", op = "eq", value = "urgent" } } }, "Urgent", 1);
        var rule = await RuleAsync(desk, new
        {
            condition = new { all = new object[] { new { ticket = new { field = "words", op = "contains", value = "Refund" } }, new { customer = new { field = "language", op = "eq", value = "de" } } } }, team_id = team, skills = new[] { "german" },
        }, "Refunds in German", 2);
        var ticket = await desk.TicketAsync(await desk.CustomerAsync("de"), text: "I want a refund, please.");

        var why = await desk.GetAsync($"/v1/tickets/{ticket}/routing");

        Assert.That((why.GetProperty("assignee_id").GetString(), why.GetProperty("team_id").GetString()), Is.EqualTo((able, team)));
        var decision = why.GetProperty("decisions")[0];
        Assert.That((decision.GetProperty("outcome").GetString(), decision.GetProperty("rule_id").GetString()), Is.EqualTo(("assigned", rule)));
        var details = decision.GetProperty("details");
        Assert.That(details.GetProperty("explanation").GetString(), Is.EqualTo("Refunds in German took it, for Grace. Was never given one."));
        Assert.That(details.GetProperty("rules").EnumerateArray().Select(r => (r.GetProperty("name").GetString(), r.GetProperty("outcome").GetString())), Is.EqualTo(new[] { ("Urgent", "no_match"), ("Refunds in German", "took") }));
        Assert.That(details.GetProperty("rules")[0].GetProperty("condition").GetProperty("seen").GetString(), Is.EqualTo("normal"));
        Assert.That(details.GetProperty("agents").EnumerateArray().Select(a => (a.GetProperty("name").GetString(), a.GetProperty("code").GetString())), Is.EquivalentTo(new[] { ("Grace", "chosen"), ("Ada", "lacks_skill"), ("Joan", "not_in_team") }));
        Assert.That(other, Is.Not.EqualTo(able));
    }

    [Test]
    public async Task What_nobody_can_take_waits_and_is_given_when_somebody_comes()
    {
        var desk = await host.DeskAsync();
        var team = await desk.TeamAsync();
        var agent = await desk.AgentAsync(capacity: 1, team: team, presence: "offline");
        await RuleAsync(desk, new { team_id = team });
        var (first, urgent) = (await desk.TicketAsync(), await desk.TicketAsync(priority: "urgent"));
        await host.RunAsync();
        var waiting = await desk.ListAsync("/v1/routing_rules/waiting?sort=-priority");
        Assert.That(waiting.Select(w => (w.GetProperty("ticket_id").GetString(), w.GetProperty("team_id").GetString())), Is.EqualTo(new[] { (urgent, team), (first, team) }));

        await desk.PutAsync($"/v1/agents/{agent}/presence", new { presence = "online" });
        await host.RunAsync();
        Assert.That(await AssigneesAsync(desk, urgent, first), Is.EqualTo(new[] { agent, null }), "the most urgent first");

        await desk.ReplyAsync(urgent, new { category = "solved" });
        await host.RunAsync();
        Assert.That(await AssigneesAsync(desk, first), Is.EqualTo(new[] { agent }));
        Assert.That((await desk.GetAsync($"/v1/tickets/{first}/routing")).GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("cause").GetString()), Is.EqualTo(new[] { "capacity_freed", "created" }));
    }

    [Test]
    public async Task Who_begins_to_work_at_noon_is_given_what_waits_at_noon()
    {
        var desk = await host.DeskAsync();
        var shift = await desk.OfficeAsync(from: "12:00", to: "20:00", isDefault: false, name: "Late shift");
        var agent = await desk.AgentAsync(calendar: shift);
        await RuleAsync(desk, new { });
        var ticket = await desk.TicketAsync();
        await host.RunAsync();
        Assert.That(await AssigneesAsync(desk, ticket), Is.EqualTo(new string?[] { null }));

        await host.PassAsync(TimeSpan.FromHours(3));

        Assert.That(await AssigneesAsync(desk, ticket), Is.EqualTo(new[] { agent }));
    }

    [Test]
    public async Task A_channel_has_a_limit_of_its_own()
    {
        var desk = await host.DeskAsync();
        await desk.AgentAsync(capacity: 3, channels: [new { channel = "chat", capacity = 1 }]);
        await RuleAsync(desk, new { });
        var (one, two, mail) = (await desk.TicketAsync(channel: "chat"), await desk.TicketAsync(channel: "chat"), await desk.TicketAsync());

        Assert.That((await AssigneesAsync(desk, one, two, mail)).Select(a => a is not null), Is.EqualTo(new[] { true, false, true }));
        Assert.That((await desk.GetAsync($"/v1/tickets/{two}/routing")).GetProperty("decisions")[0].GetProperty("details").GetProperty("agents")[0].GetProperty("code").GetString(), Is.EqualTo("at_channel_capacity"));
    }

    [Test]
    public async Task Handed_back_it_goes_to_somebody_else_and_never_to_them_again()
    {
        var desk = await host.DeskAsync();
        var (one, two) = (await desk.AgentAsync(), await desk.AgentAsync());
        await RuleAsync(desk, new { });
        var ticket = await desk.TicketAsync();
        var had = (await AssigneesAsync(desk, ticket))[0]!;
        var other = had == one ? two : one;

        var after = await desk.PostAsync($"/v1/tickets/{ticket}/refusal", new { user_id = had, reason = "I do not speak French." });
        Assert.That(after.GetProperty("assignee_id").GetString(), Is.EqualTo(other));
        Assert.That((await desk.Http.PostAsJsonAsync($"/v1/tickets/{ticket}/refusal", new { user_id = had })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));

        var waits = await desk.PostAsync($"/v1/tickets/{ticket}/refusal", new { user_id = other });
        await host.RunAsync();
        Assert.That(waits.GetProperty("assignee_id").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(waits.GetProperty("waiting_since").GetDateTimeOffset(), Is.EqualTo(host.Clock.GetUtcNow()));
        Assert.That(await AssigneesAsync(desk, ticket), Is.EqualTo(new string?[] { null }));
        Assert.That(waits.GetProperty("refusals").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_next_rule_is_asked_where_the_first_has_nobody_and_the_fallback_takes_the_rest()
    {
        var desk = await host.DeskAsync();
        var (experts, all, rest) = (await desk.TeamAsync("Experts"), await desk.TeamAsync("All"), await desk.TeamAsync("Rest"));
        var agent = await desk.AgentAsync(team: all);
        var last = await desk.AgentAsync(team: rest);
        await RuleAsync(desk, new { condition = new { ticket = new { field = "channel", op = "eq", value = "email" } }, team_id = experts, if_nobody = "next_rule" }, "Experts", 1);
        await RuleAsync(desk, new { condition = new { ticket = new { field = "channel", op = "eq", value = "email" } }, team_id = all }, "All", 2);
        await desk.PatchAsync("/v1/routing_rules/settings", new { fallback_team_id = rest });
        var (mail, call) = (await desk.TicketAsync(), await desk.TicketAsync(channel: "phone"));

        Assert.That(await AssigneesAsync(desk, mail, call), Is.EqualTo(new[] { agent, last }));
        Assert.That((await desk.GetAsync($"/v1/tickets/{mail}/routing")).GetProperty("decisions")[0].GetProperty("details").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("outcome").GetString()), Is.EqualTo(new[] { "nobody_free", "took" }));
        Assert.That((await desk.GetAsync($"/v1/tickets/{call}")).GetProperty("team_id").GetString(), Is.EqualTo(rest));
    }

    [Test]
    public async Task A_queue_that_a_person_chose_holds_and_a_team_that_is_gone_takes_nothing()
    {
        var desk = await host.DeskAsync();
        var (gone, chosen) = (await desk.TeamAsync("Gone"), await desk.TeamAsync("Chosen"));
        await RuleAsync(desk, new { team_id = gone }, "To nobody", 1);
        (await desk.Http.DeleteAsync($"/v1/teams/{gone}")).EnsureSuccessStatusCode();
        var ticket = await desk.TicketAsync();
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/routing")).GetProperty("decisions")[0].GetProperty("details").GetProperty("rules")[0].GetProperty("outcome").GetString(), Is.EqualTo("queue_gone"));

        await desk.PatchAsync($"/v1/tickets/{ticket}", new { team_id = chosen });
        var agent = await desk.AgentAsync(team: chosen);
        await host.RunAsync();

        Assert.That(await AssigneesAsync(desk, ticket), Is.EqualTo(new[] { agent }));
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("team_id").GetString(), Is.EqualTo(chosen));
    }

    [Test]
    public async Task The_agent_of_last_time_is_asked_for_and_found()
    {
        var desk = await host.DeskAsync();
        var (one, two) = (await desk.AgentAsync(), await desk.AgentAsync());
        await RuleAsync(desk, new { prefers_last_agent = true, strategy = "least_busy" });
        var customer = await desk.CustomerAsync();
        var first = await desk.TicketAsync(customer);
        var had = (await AssigneesAsync(desk, first))[0];

        Assert.That(await AssigneesAsync(desk, await desk.TicketAsync(customer)), Is.EqualTo(new[] { had }), "although the other has fewer");
        Assert.That(new[] { one, two }, Does.Contain(had));
    }

    [Test]
    public async Task A_dry_run_tells_which_rule_takes_what_and_changes_nothing()
    {
        var desk = await host.DeskAsync();
        await desk.TicketAsync(priority: "urgent");
        await desk.TicketAsync();

        var tried = await desk.PostAsync("/v1/routing_rules/dry_run", new { rules = new object[] { new { name = "Urgent", definition = new { condition = new { ticket = new { field = "priority", op = "eq", value = "urgent" } } } } } });

        Assert.That((tried.GetProperty("looked_at").GetInt32(), tried.GetProperty("unmatched").GetInt32(), tried.GetProperty("is_complete").GetBoolean()), Is.EqualTo((2, 1, true)));
        Assert.That(tried.GetProperty("rules")[0].GetProperty("tickets").GetInt32(), Is.EqualTo(1));
        Assert.That(tried.GetProperty("sample").EnumerateArray().Select(s => s.GetProperty("rule").GetString()), Is.EqualTo(new[] { null, "Urgent" }));
        Assert.That(await desk.ListAsync("/v1/routing_rules/waiting"), Is.Empty);
    }

    [Test]
    public async Task What_another_feature_knows_of_a_customer_can_be_asked_for_like_anything_else()
    {
        var desk = await host.DeskAsync();
        var ticket = await desk.TicketAsync();

        await desk.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            var facts = new TicketFacts(db, services.GetRequiredService<TicketTexts>(), [new TierQuestion()]);
            var reading = new TicketReading(facts, services.GetRequiredService<CustomerCrm.Segments.Rules.SeenCustomers>(), services.GetRequiredService<CustomerCrm.Segments.Rules.Fields.CustomFieldQuestions>(), db);
            var condition = JsonSerializer.Deserialize<TicketCondition>("""{"ticket":{"field":"customer_tier","op":"in","value":["gold","platinum"]}}""", CustomerCrm.Platform.Json.StrictJson.Options)!;
            await reading.CheckAsync(condition, "", default);

            var explained = await reading.EvaluateAsync(condition, await Ticket.FindAsync(Id<Ticket>.Parse(ticket), db, default), default);

            Assert.That((explained.Result, explained.Seen!.Value.GetString()), Is.EqualTo((true, "gold")));
        });
    }

    [Test]
    public async Task Another_tenants_rules_agents_and_tickets_are_nobodys()
    {
        var (desk, stranger) = (await host.DeskAsync(), await host.DeskAsync());
        var agent = await desk.AgentAsync();
        var rule = await RuleAsync(desk, new { });
        var ticket = await desk.TicketAsync();

        foreach (var path in new[] { $"/v1/routing_rules/{rule}", $"/v1/agents/{agent}", $"/v1/tickets/{ticket}/routing" }) Assert.That((await stranger.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        foreach (var path in new[] { $"/v1/tickets/{ticket}/routing", $"/v1/tickets/{ticket}/refusal" }) Assert.That((await stranger.Http.PostAsJsonAsync(path, new { })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        Assert.That(await stranger.ListAsync("/v1/routing_rules/waiting"), Is.Empty);
    }

    private sealed class TierQuestion : ITicketQuestion
    {
        public string Field => "customer_tier";

        public Task<JsonElement?> SeeAsync(Ticket ticket, CancellationToken ct) => Task.FromResult<JsonElement?>(JsonSerializer.SerializeToElement("gold"));
    }

    [Test]
    public async Task What_waits_in_the_queue_of_a_team_that_is_deleted_is_given_by_the_rules()
    {
        var desk = await host.DeskAsync();
        var agent = await desk.AgentAsync();
        await RuleAsync(desk, new { });
        var team = await desk.TeamAsync("Nobody is in it");
        var ticket = await desk.TicketAsync();
        await desk.PatchAsync($"/v1/tickets/{ticket}", new { assignee_id = (string?)null, team_id = team });
        await host.RunAsync();
        var waits = (await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("assignee_id").ValueKind;

        (await desk.Http.DeleteAsync($"/v1/teams/{team}")).EnsureSuccessStatusCode();
        await host.RunAsync();

        Assert.That((waits, (await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("assignee_id").GetString()), Is.EqualTo((JsonValueKind.Null, agent)));
    }

    private static async Task<string> RuleAsync(Desk desk, object definition, string name = "All", int position = 100) => Desk.Id(await desk.PostAsync("/v1/routing_rules", new { name, position, definition }));

    private static async Task<string?[]> AssigneesAsync(Desk desk, params string[] tickets)
    {
        var found = new List<string?>();
        foreach (var ticket in tickets) found.Add((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("assignee_id").GetString());
        return [.. found];
    }
}
