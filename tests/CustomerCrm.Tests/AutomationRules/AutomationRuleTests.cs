using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Segments;

namespace CustomerCrm.Tests.AutomationRules;

public class AutomationRuleTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", country = "AT" });
    }

    [Test]
    public async Task When_it_is_so_a_rule_acts_once_and_explains_why()
    {
        var segment = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Buyers", kind = "static" });
        var rule = await RuleAsync(new
        {
            events = new[] { "order.*" },
            condition = new { all = new object[] { new { @event = new { pointer = "/total_minor", op = "gte", value = 100 } }, new { customer = new { field = "country", op = "in", value = new[] { "AT", "DE" } } } } },
            actions = new object[]
            {
                new { @do = "tag_customer", with = new { names = new[] { "buyer" } } },
                new { @do = "add_to_segment", with = new { segment_id = segment.Id.ToString() } },
                new { @do = "create_task", with = new { title = "Thank for {{/currency}}", due_in_hours = 24 } },
                new { @do = "call_webhook", with = new { name = "bought", data = new { x = 1 } } },
                new { @do = "assign_task", with = new { team_id = (await TeamAsync()) } },
            },
        });

        await Some.OrderAsync(acme, ana.Id);
        await TestApi.RunJobsAsync();
        await TestApi.RunJobsAsync();

        var firing = (await FiringsAsync(rule)).First(f => f.GetProperty("status").GetString() == "done");
        Assert.That(firing.GetProperty("results").EnumerateArray().Select(r => (r.GetProperty("action").GetString(), r.GetProperty("outcome").GetString(), r.GetProperty("code").GetString())), Is.EqualTo(new (string?, string?, string?)[]
        {
            ("tag_customer", "done", null), ("add_to_segment", "done", null), ("create_task", "done", null), ("call_webhook", "done", null), ("assign_task", "refused", "no_task"),
        }));
        var parts = firing.GetProperty("condition").GetProperty("parts");
        Assert.That((parts[0].GetProperty("seen").GetInt64() >= 100, parts[1].GetProperty("customer").GetProperty("seen").GetString()), Is.EqualTo((true, "AT")));
        var task = await acme.GetAsync<JsonElement>($"/v1/tasks/{firing.GetProperty("results")[2].GetProperty("id").GetString()}");
        Assert.That((task.GetProperty("title").GetString(), task.GetProperty("source").GetProperty("id").GetString(), task.GetProperty("author").GetProperty("kind").GetString()), Is.EqualTo(("Thank for EUR", rule, "rule")));
        Assert.That((await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}")).Size, Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/tasks")).GetProperty("data").GetArrayLength(), Is.EqualTo(1), "once, however many events there were");
        var called = (await EventsAsync()).Single(e => e.GetProperty("type").GetString() == "automation.webhook_called");
        Assert.That((called.GetProperty("caused_by").GetString(), called.GetProperty("data").GetProperty("data").GetProperty("x").GetInt32()), Is.EqualTo((firing.GetProperty("id").GetString(), 1)));
    }

    [Test]
    public async Task What_is_recorded_quietly_or_happened_before_starts_nothing()
    {
        var rule = await RuleAsync(new { events = new[] { "note.created" }, actions = Tag() });
        using var quiet = new HttpRequestMessage(HttpMethod.Post, "/v1/notes") { Content = JsonContent.Create(new { customer_id = ana.Id.ToString(), body = "old" }) };
        quiet.Headers.Add("Crm-Quiet", "true");
        await acme.Http.SendAsync(quiet);
        await TestApi.RunJobsAsync();
        Assert.That(await FiringsAsync(rule), Is.Empty);

        await NoteAsync();
        var late = await RuleAsync(new { events = new[] { "note.created" }, actions = Tag() });
        await TestApi.RunJobsAsync();

        Assert.That((await FiringsAsync(rule)).Length, Is.EqualTo(1));
        Assert.That(await FiringsAsync(late), Is.Empty, "it was not there yet");
    }

    [Test]
    public async Task A_rule_never_answers_its_own_effects_and_a_chain_ends()
    {
        var self = await RuleAsync(new { events = new[] { "task.created", "note.created" }, cooldown_seconds = 0, actions = new[] { Task_("self") } });
        var ping = await RuleAsync(new { events = new[] { "task.created" }, cooldown_seconds = 0, actions = new[] { Task_("ping") } });
        var pong = await RuleAsync(new { events = new[] { "task.created" }, cooldown_seconds = 0, actions = new[] { Task_("pong") } });

        await NoteAsync();
        await TestApi.RunJobsAsync();

        var tasks = (await acme.GetAsync<JsonElement>("/v1/tasks?limit=100")).GetProperty("data").GetArrayLength();
        Assert.That(tasks, Is.InRange(3, 20), "it ended");
        foreach (var rule in new[] { self, ping, pong })
            Assert.That((await FiringsAsync(rule)).Where(f => f.GetProperty("status").GetString() == "refused").Select(f => f.GetProperty("reason").GetString()), Is.Not.Empty.And.All.AnyOf("own_effect", "too_deep"));
    }

    [Test]
    public async Task A_customer_is_left_alone_for_the_cool_down_and_a_storm_pauses_the_rule()
    {
        var calm = await RuleAsync(new { events = new[] { "note.created" }, actions = Tag() });
        var stormy = await RuleAsync(new { events = new[] { "note.created" }, cooldown_seconds = 0, max_firings_per_hour = 3, actions = Tag() });

        for (var i = 0; i < 6; i++) await NoteAsync();
        await TestApi.RunJobsAsync();

        Assert.That((await FiringsAsync(calm)).Select(StatusOf), Is.EquivalentTo(new[] { "done" }.Concat(Enumerable.Repeat("refused:cooldown", 5))));
        Assert.That((await FiringsAsync(stormy)).Select(StatusOf), Is.EquivalentTo(new[] { "done", "done", "done", "refused:storm" }));
        var paused = await acme.GetAsync<JsonElement>($"/v1/automation_rules/{stormy}");
        Assert.That((paused.GetProperty("paused_reason").GetString(), (await EventsAsync()).Count(e => e.GetProperty("type").GetString() == "automation_rule.paused")), Is.EqualTo(("storm", 1)));

        await acme.Http.PatchAsJsonAsync($"/v1/automation_rules/{stormy}", new { is_enabled = true });
        await NoteAsync();
        await TestApi.RunJobsAsync();
        Assert.That((await FiringsAsync(stormy)).Select(StatusOf), Is.EquivalentTo(new[] { "done", "done", "done", "refused:storm", "done" }), "who lets it go on has seen the storm");
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/automation_rules/{stormy}")).GetProperty("paused_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task What_a_rule_suggests_a_person_decides()
    {
        var rule = await RuleAsync(new { events = new[] { "note.created" }, mode = "suggest", cooldown_seconds = 0, actions = Tag() });
        await NoteAsync();
        await NoteAsync();
        await TestApi.RunJobsAsync();
        var proposed = (await FiringsAsync(rule, "proposed")).Select(f => f.GetProperty("id").GetString()).ToArray();
        Assert.That((proposed.Length, (await TagsAsync()).Length), Is.EqualTo((2, 0)));

        var approved = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/automation_rules/{rule}/firings/{proposed[0]}/approval", null));
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/automation_rules/{rule}/firings/{proposed[1]}/refusal", null));
        await TestApi.RunJobsAsync();

        Assert.That(approved.GetProperty("decider").GetProperty("name").GetString(), Is.EqualTo("Full access"));
        Assert.That((await FiringsAsync(rule)).Select(StatusOf), Is.EquivalentTo(new[] { "done", "declined" }));
        Assert.That(await TagsAsync(), Is.EqualTo(new[] { "noted" }));
        Assert.That((await acme.Http.PostAsync($"/v1/automation_rules/{rule}/firings/{proposed[1]}/approval", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task What_waits_is_asked_again_when_its_time_comes()
    {
        object condition = new { not = new { customer = new { field = "tag", op = "eq", value = "answered" } } };
        var rule = await RuleAsync(new { events = new[] { "note.created" }, delay_seconds = 3600, condition, cooldown_seconds = 0, actions = Tag() });
        await NoteAsync();
        await TestApi.RunJobsAsync();
        var waiting = (await FiringsAsync(rule)).Single();
        Assert.That((StatusOf(waiting), waiting.GetProperty("run_at").GetDateTimeOffset()), Is.EqualTo(("waiting", TestApi.Clock.GetUtcNow().AddHours(1))));

        await acme.Http.PostAsJsonAsync($"/v1/customers/{ana.Id}/tags", new { names = new[] { "answered" } });
        await DueAsync(waiting);
        Assert.That(StatusOf((await FiringsAsync(rule)).Single()), Is.EqualTo("lapsed"));

        var ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });
        await NoteAsync(ben);
        await TestApi.RunJobsAsync();
        var second = (await FiringsAsync(rule, "waiting")).Single();
        await DueAsync(second);
        await DueAsync(second);
        Assert.That((await FiringsAsync(rule)).Select(StatusOf), Is.EquivalentTo(new[] { "lapsed", "done" }));
    }

    [Test]
    public async Task A_dry_run_counts_the_past_and_does_nothing()
    {
        foreach (var _ in Enumerable.Range(0, 25)) await NoteAsync(await acme.CreateAsync<Customer>("/v1/customers", new { name = "Somebody", country = "DE" }));
        await NoteAsync();
        object definition = new { events = new[] { "note.*" }, condition = new { customer = new { field = "country", op = "eq", value = "DE" } }, actions = Tag() };

        var answer = await acme.CreateAsync<JsonElement>("/v1/automation_rules/dry_run", new { definition });
        var rule = await RuleAsync(definition);
        var ofRule = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/automation_rules/{rule}/dry_run", null));
        await TestApi.RunJobsAsync();

        Assert.That((answer.GetProperty("would_have_fired").GetInt32(), answer.GetProperty("answered").GetInt32(), answer.GetProperty("is_complete").GetBoolean(), answer.GetProperty("sample").GetArrayLength()), Is.EqualTo((25, 26, true, 20)));
        Assert.That(ofRule.GetProperty("would_have_fired").GetInt32(), Is.EqualTo(25));
        Assert.That((await FiringsAsync(rule), (await TagsAsync()).Length), Is.EqualTo((Array.Empty<JsonElement>(), 0)));
    }

    [Test]
    public async Task What_a_rule_names_must_be_there_and_ones_own()
    {
        var other = await TestTenant.NewAsync();
        var segment = await other.CreateAsync<Segment>("/v1/segments", new { name = "Theirs", kind = "static" });
        var mine = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Mine", kind = "dynamic", rule = new { field = "country", op = "eq", value = "AT" } });
        (object Action, string Pointer, string Code)[] wrong =
        [
            (new { @do = "add_to_segment", with = new { segment_id = segment.Id.ToString() } }, "/with/segment_id", "unknown_segment"),
            (new { @do = "add_to_segment", with = new { segment_id = mine.Id.ToString() } }, "/with/segment_id", "segment_is_dynamic"),
            (new { @do = "create_task", with = new { title = "x", user_id = Id<CustomerCrm.Users.User>.New().ToString() } }, "/with/user_id", "unknown_user"),
            (new { @do = "hand_over", with = new { reason = "x" } }, "/with/team_id", "required"),
            (new { @do = "tag_customer", with = new { names = Array.Empty<string>() } }, "/with/names", "too_few"),
            (new { @do = "fly", with = new { } }, "/do", "unknown_action"),
        ];
        foreach (var (action, pointer, code) in wrong)
        {
            var response = await acme.Http.PostAsJsonAsync("/v1/automation_rules", new { name = "x", definition = new { events = new[] { "*" }, actions = new[] { action } } });
            var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
            Assert.That((response.StatusCode, error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, $"/definition/actions/0{pointer}", code)));
        }
    }

    [Test]
    public async Task An_event_that_there_is_not_is_not_waited_for()
    {
        var definition = new { events = new[] { "note.created", "order.payed", "nothing.*", "order.*" }, actions = Tag() };

        var created = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/automation_rules", new { name = "x", definition }));
        var tried = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/automation_rules/dry_run", new { definition }));

        Assert.That((created.Status, created.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/definition/events/1", "/definition/events/2" })));
        Assert.That(tried.Pointers, Is.EqualTo(created.Pointers));
    }

    [Test]
    public async Task A_change_is_a_version_and_the_actions_are_listed()
    {
        var rule = await RuleAsync(new { events = new[] { "note.created" }, actions = Tag() });
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/automation_rules/{rule}", new { definition = new { events = new[] { "note.*" }, actions = Tag() } }));
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/automation_rules/{rule}", new { name = "Other" }));

        var versions = (await acme.GetAsync<JsonElement>($"/v1/automation_rules/{rule}/versions")).GetProperty("data");
        var actions = (await acme.GetAsync<JsonElement>("/v1/automation_rules/actions")).GetProperty("data").EnumerateArray().ToArray();

        Assert.That(versions.EnumerateArray().Select(v => v.GetProperty("definition").GetProperty("events")[0].GetString()), Is.EqualTo(new[] { "note.*", "note.created" }));
        Assert.That(actions.Select(a => a.GetProperty("name").GetString()), Is.SupersetOf(new[] { "add_to_segment", "assign_task", "call_webhook", "create_task", "hand_over", "remove_from_segment", "tag_customer", "untag_customer" }));
        Assert.That(actions.Single(a => a.GetProperty("name").GetString() == "create_task").GetProperty("fields").EnumerateArray().Where(f => f.GetProperty("is_required").GetBoolean()).Select(f => f.GetProperty("name").GetString()), Is.EqualTo(new[] { "title" }));
    }

    [Test]
    public async Task A_hand_over_tells_a_team_all_that_is_known()
    {
        var team = await TeamAsync();
        await RuleAsync(new { events = new[] { "note.created" }, actions = new object[] { new { @do = "hand_over", with = new { reason = "Look at this: {{/body}}", team_id = team } } } });
        await NoteAsync();
        await TestApi.RunJobsAsync();

        var task = (await acme.GetAsync<JsonElement>("/v1/tasks")).GetProperty("data")[0];
        Assert.That((task.GetProperty("title").GetString(), task.GetProperty("priority").GetString(), task.GetProperty("team_id").GetString(), task.GetProperty("customer_id").GetString()), Is.EqualTo(("Look at this: note", "high", team, ana.Id.ToString())));
        Assert.That(task.GetProperty("body").GetString(), Does.Contain("note.created").And.Contain("/firings/fir_"));
    }

    [Test]
    public async Task A_message_goes_through_the_one_door()
    {
        var eve = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Eve", email = $"{Guid.NewGuid():N}@example.com" });
        var template = (await acme.CreateAsync<JsonElement>("/v1/templates", new { name = "Thanks", subject = "Thank you", text = "We got your note." })).GetProperty("id").GetString();
        var rule = await RuleAsync(new { events = new[] { "note.created" }, actions = new object[] { new { @do = "send_message", with = new { template_id = template, purpose = "service" } }, new { @do = "send_message", with = new { template_id = template, purpose = "marketing" } } } });
        await NoteAsync(eve);
        await TestApi.RunJobsAsync();

        var results = (await FiringsAsync(rule)).Single().GetProperty("results").EnumerateArray().ToArray();
        var message = await acme.GetAsync<JsonElement>($"/v1/messages/{results[0].GetProperty("id").GetString()}");

        Assert.That(results.Select(r => r.GetProperty("outcome").GetString()), Is.EqualTo(new[] { "done", "refused" }), "nobody agreed to marketing");
        Assert.That((message.GetProperty("customer_id").GetString(), message.GetProperty("reason").GetProperty("id").GetString()), Is.EqualTo((eve.Id.ToString(), rule)));
    }

    [Test]
    public async Task What_rules_suggest_is_one_list_across_all_of_them()
    {
        var rules = new[] { await RuleAsync(new { events = new[] { "note.created" }, mode = "suggest", actions = Tag() }), await RuleAsync(new { events = new[] { "note.created" }, mode = "suggest", actions = new[] { Task_("x") } }) };
        await RuleAsync(new { events = new[] { "note.created" }, actions = Tag() });
        await NoteAsync();
        await TestApi.RunJobsAsync();

        var proposed = await ProposalsAsync();
        await acme.Http.PostAsync($"/v1/automation_rules/{proposed[0].GetProperty("rule_id").GetString()}/firings/{proposed[0].GetProperty("id").GetString()}/refusal", null);
        var left = await ProposalsAsync();

        Assert.That(proposed.Select(p => p.GetProperty("rule_id").GetString()), Is.EquivalentTo(rules));
        Assert.That(left.Select(p => p.GetProperty("id").GetString()), Is.EqualTo(new[] { proposed[1].GetProperty("id").GetString() }));
        Assert.That(await ProposalsAsync($"?filter[rule_id][eq]={proposed[0].GetProperty("rule_id").GetString()}"), Is.Empty);
    }

    [Test]
    public async Task A_rule_does_not_answer_itself_by_way_of_a_segment()
    {
        await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Noted", kind = "dynamic", rule = new { field = "tag", op = "eq", value = "noted" } });
        await TestApi.RunJobsAsync();
        var rule = await RuleAsync(new { events = new[] { "note.created", "segment.entered", "segment.left" }, cooldown_seconds = 0, actions = Tag() });

        await NoteAsync();
        await TestApi.RunJobsAsync();

        var entered = (await EventsAsync()).Single(e => e.GetProperty("type").GetString() == "segment.entered");
        var first = (await FiringsAsync(rule)).Single(f => f.GetProperty("event_type").GetString() == "note.created");
        Assert.That(entered.GetProperty("caused_by").GetString(), Is.EqualTo(first.GetProperty("id").GetString()));
        Assert.That((await FiringsAsync(rule)).Where(f => f.GetProperty("event_type").GetString() == "segment.entered").Select(StatusOf), Is.EqualTo(new[] { "refused:own_effect" }));
    }

    private async Task<JsonElement[]> ProposalsAsync(string query = "") => [.. (await acme.GetAsync<JsonElement>($"/v1/automation_rules/proposals{query}")).GetProperty("data").EnumerateArray()];

    private static object[] Tag() => [new { @do = "tag_customer", with = new { names = new[] { "noted" } } }];

    private static object Task_(string title) => new { @do = "create_task", with = new { title } };

    private static string StatusOf(JsonElement firing) => firing.GetProperty("reason").GetString() is { } reason ? $"{firing.GetProperty("status").GetString()}:{reason}" : firing.GetProperty("status").GetString()!;

    private async Task<string> RuleAsync(object definition) => (await acme.CreateAsync<JsonElement>("/v1/automation_rules", new { name = "Rule", definition })).GetProperty("id").GetString()!;

    private async Task<string> TeamAsync() => (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Support" })).GetProperty("id").GetString()!;

    private Task<JsonElement> NoteAsync(Customer? of = null) => acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = (of ?? ana).Id.ToString(), body = "note" });

    private Task DueAsync(JsonElement firing) => acme.WithScopeAsync(services =>
        ((IJob<RunFiring>)services.GetService(typeof(IJob<RunFiring>))!)
            .RunAsync(new RunFiring(Id<AutomationFiring>.Parse(firing.GetProperty("id").GetString()!)), default));

    private async Task<JsonElement[]> FiringsAsync(string rule, string? status = null) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/automation_rules/{rule}/firings?limit=100{(status is null ? "" : $"&filter[status][eq]={status}")}")).GetProperty("data").EnumerateArray()];

    private async Task<JsonElement[]> EventsAsync() => [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray()];

    private async Task<string?[]> TagsAsync() => [.. (await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/tags")).GetProperty("data").EnumerateArray().Select(t => t.GetProperty("name").GetString())];
}
