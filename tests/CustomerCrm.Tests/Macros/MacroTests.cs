using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.Tickets;

namespace CustomerCrm.Tests.Macros;

public class MacroTests
{
    private SomeTickets tickets = null!;

    [SetUp]
    public async Task SetUp() => tickets = await SomeTickets.NewAsync();

    [Test]
    public async Task A_macro_does_what_its_preview_says()
    {
        var agent = await tickets.Tenant.UserAsync(Role.Agent);
        var canned = await tickets.Tenant.CreateAsync<JsonElement>("/v1/canned_responses", new { name = "Sent", body = "#{{ticket.number}} is on its way." });
        var macro = await MacroAsync(
            new { @do = "assign_to_me" }, new { @do = "change", change = new { priority = "high", add_tags = new[] { "sent" } } },
            new { @do = "reply", canned_response_id = canned.Str("id") }, new { @do = "note", text = "By {{agent.name}}" }, new { @do = "change", change = new { category = "solved" } });
        var ticket = await tickets.OpenAsync();

        var preview = await AskAsync(agent, macro, "preview", ticket);
        Assert.That((await tickets.TextsAsync(ticket)).Length, Is.EqualTo(1), "nothing was written");
        Assert.That((await tickets.ShowAsync(ticket)).Int("revision"), Is.EqualTo(ticket.Int("revision")));
        var applied = await AskAsync(agent, macro, "apply", ticket);

        Assert.That(Shown(preview), Is.EqualTo(Shown(applied)));
        Assert.That(Shown(applied), Is.EqualTo(new[] { "assignee_id,category", "priority,tags", "#1 is on its way.", "By Ada Lovelace", "category" }));
        var now = applied.GetProperty("ticket");
        Assert.That((now.Str("category"), now.Str("priority"), now.Str("assignee_id"), now.IsNull("first_replied_at")), Is.EqualTo(("solved", "high", agent.Id, false)));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?", "#1 is on its way.", "By Ada Lovelace" }));
        var told = (await tickets.Tenant.GetAsync<JsonElement>("/v1/events?limit=100")).Data().Single(e => e.Str("type") == "macro.applied").GetProperty("data");
        Assert.That((told.Str("ticket_id"), told.GetProperty("steps").GetArrayLength()), Is.EqualTo((ticket.Str("id"), 5)));
    }

    [Test]
    public async Task What_one_step_refuses_refuses_all()
    {
        var agent = await tickets.Tenant.UserAsync(Role.Agent);
        var canned = await tickets.Tenant.CreateAsync<JsonElement>("/v1/canned_responses", new { name = "Gone", body = "x" });
        var macro = await MacroAsync(new { @do = "change", change = new { priority = "urgent" } }, new { @do = "reply", canned_response_id = canned.Str("id") });
        var ticket = await tickets.OpenAsync();
        await tickets.WriteAsync(ticket, "Wait!");

        var unseen = await Problem.OfAsync(await agent.Http.PostAsJsonAsync($"/v1/macros/{macro.Str("id")}/apply", new { ticket_id = ticket.Str("id"), last_seen_number = 1 }));
        await tickets.Http.DeleteAsync($"/v1/canned_responses/{canned.Str("id")}");
        var gone = await Problem.OfAsync(await agent.Http.PostAsJsonAsync($"/v1/macros/{macro.Str("id")}/apply", new { ticket_id = ticket.Str("id") }));

        Assert.That((unseen.Code, gone.Code), Is.EqualTo(("newer_message", "canned_response_gone")));
        Assert.That((await tickets.ShowAsync(ticket)).Str("priority"), Is.EqualTo("normal"));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?", "Wait!" }));
    }

    [Test]
    public async Task What_a_step_names_must_be_there_when_it_is_saved()
    {
        var problem = await Problem.OfAsync(await tickets.Http.PostAsJsonAsync("/v1/macros", new
        {
            name = "Bad",
            actions = new object[]
            {
                new { @do = "reply", canned_response_id = "can_01mv4q0800ebxvvk1mr9tcr6ws" }, new { @do = "note", text = "{{customer.shoe}}" },
                new { @do = "change", change = new { assignee_id = "usr_01mv4q0800ebxvvk1mr9tcr6ws", custom_fields = new { } } }, new { @do = "change", change = new { custom_fields = new { nothing = 1 } } },
                new { @do = "change", change = new { topic_id = "tto_01mv4q0800ebxvvk1mr9tcr6ws" } }, new { @do = "change", change = new { customer_id = "cus_01mv4q0800ebxvvk1mr9tcr6ws" } },
            },
        }));
        Assert.That(problem.Errors, Is.EqualTo(new[]
        {
            ("/actions/0/canned_response_id", "unknown_canned_response"), ("/actions/1/text", "unknown_merge_field"), ("/actions/2/change/assignee_id", "unknown_user"), ("/actions/3/change/custom_fields/nothing", "unknown_field"),
            ("/actions/4/change/topic_id", "unknown_topic"), ("/actions/5/change/customer_id", "unknown_customer"),
        }));
        var form = await Problem.OfAsync(await tickets.Http.PostAsJsonAsync("/v1/macros", new { name = "Bad", actions = new object[] { new { @do = "reply" }, new { @do = "change" }, new { @do = "note", text = "x", change = new { priority = "low" } } } }));
        Assert.That(form.Pointers, Is.EqualTo(new[] { "/actions/0/text", "/actions/1/change", "/actions/2/change" }));
    }

    [Test]
    public async Task A_key_gives_a_ticket_to_nobody_and_another_tenant_sees_no_macro()
    {
        var macro = await MacroAsync(new { @do = "assign_to_me" });
        var ticket = await tickets.OpenAsync();
        Assert.That(await tickets.RefusedAsync($"/v1/macros/{macro.Str("id")}/apply", new { ticket_id = ticket.Str("id") }), Is.EqualTo((HttpStatusCode.Conflict, "person_only")));

        var stranger = await SomeTickets.NewAsync();
        var theirs = await stranger.OpenAsync();
        Assert.That((await stranger.Http.PostAsJsonAsync($"/v1/macros/{macro.Str("id")}/apply", new { ticket_id = theirs.Str("id") })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await tickets.RefusedAsync($"/v1/macros/{macro.Str("id")}/preview", new { ticket_id = theirs.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_ticket")));
    }

    private Task<JsonElement> MacroAsync(params object[] actions) => tickets.Tenant.CreateAsync<JsonElement>("/v1/macros", new { name = "Do it", actions });

    private static async Task<JsonElement> AskAsync(TestUser agent, JsonElement macro, string what, JsonElement ticket) =>
        await TestTenant.ReadAsync<JsonElement>(await agent.Http.PostAsJsonAsync($"/v1/macros/{macro.Str("id")}/{what}", new { ticket_id = ticket.Str("id") }));

    private static string[] Shown(JsonElement answer) => [.. answer.GetProperty("steps").EnumerateArray().Select(s => s.IsNull("text") ? string.Join(',', s.GetProperty("changes").EnumerateArray().Select(c => c.Str("field")).Order()) : s.Str("text"))];
}
