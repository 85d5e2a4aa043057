using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.Tests.Tickets;

public class TicketTests
{
    [TestCase("""{"field":"language","op":"eq","value":"DE-at"}""", true)]
    [TestCase("""{"field":"language","op":"in","value":["fr","de-at"]}""", true)]
    [TestCase("""{"field":"language","op":"neq","value":"de"}""", true)]
    [TestCase("""{"field":"language","op":"in","value":["fr","de"]}""", false)]
    public void A_condition_knows_a_language_however_it_is_written(string condition, bool holds) =>
        Assert.That(JsonSerializer.Deserialize<TicketTest>(condition, StrictJson.Options)!.Ask(JsonElement.Parse("""{"language":"de-AT"}""")).Holds, Is.EqualTo(holds));

    [Test]
    public async Task A_language_is_found_however_it_was_written()
    {
        var tickets = await SomeTickets.NewAsync();
        var opened = await tickets.OpenAsync(new { customer_id = await tickets.CustomerAsync(), subject = "Austrian", channel = "chat", message = new { text = "Servus" }, language = "DE-at" });
        var changed = await tickets.ChangeAsync(opened, new { language = "sr-latn-rs" });
        await tickets.Tenant.CreateAsync<JsonElement>("/v1/canned_responses", new { name = "Servus", body = "x", language = "DE-at" });
        var settings = await TestTenant.ReadAsync<JsonElement>(await tickets.Http.PatchAsJsonAsync("/v1/tenant", new { locale = "DE-at" }));

        Assert.That((opened.Str("language"), changed.Str("language"), settings.Str("locale")), Is.EqualTo(("de-AT", "sr-Latn-RS", "de-AT")));
        Assert.That(await tickets.SubjectsAsync("filter[language][in]=en,SR-LATN-RS"), Is.EqualTo(new[] { "Austrian" }));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>("/v1/canned_responses?filter[language][eq]=de-at")).Data().Select(r => r.Str("language")), Is.EqualTo(new[] { "de-AT" }));
    }

    private SomeTickets tickets = null!;

    [SetUp]
    public async Task SetUp() => tickets = await SomeTickets.NewAsync();

    [Test]
    public async Task A_ticket_begins_new_with_a_number_and_a_conversation()
    {
        var customer = await tickets.CustomerAsync();
        var response = await tickets.Http.PostAsJsonAsync("/v1/tickets", new { customer_id = customer, subject = "Late", channel = "email", message = new { text = "Where is it?" }, tags = new[] { "vip", "Delivery" } });
        var ticket = await TestTenant.ReadAsync<JsonElement>(response);

        Assert.That((response.StatusCode, response.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.Created, "\"r1\"")));
        Assert.That((ticket.Int("number"), ticket.Str("category"), ticket.Str("status"), ticket.Str("type"), ticket.Str("priority")), Is.EqualTo((1, "new", "New", "question", "normal")));
        Assert.That(ticket.GetProperty("tags").EnumerateArray().Select(t => t.GetString()), Is.EqualTo(new[] { "Delivery", "vip" }));
        Assert.That(ticket.IsNull("customer_replied_at"), Is.False);
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is it?" }));
        Assert.That(await tickets.EventsAsync(), Is.EqualTo(new[] { "ticket.created" }), "its first words are no answer");
        Assert.That((await tickets.ShowAsync(ticket)).Int("last_entry_number"), Is.EqualTo(1));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>("/v1/tickets/by-number/1")).Str("id"), Is.EqualTo(ticket.Str("id")));
    }

    [Test]
    public async Task Whom_or_what_it_names_must_be_there_and_then_nothing_is_written()
    {
        var stranger = await SomeTickets.NewAsync();
        var theirs = await stranger.OpenAsync();
        var (user, team) = ((await stranger.Tenant.UserAsync(Role.Agent)).Id, (await stranger.Tenant.CreateAsync<JsonElement>("/v1/teams", new { name = "Theirs" })).Str("id"));
        var mine = await tickets.CustomerAsync();

        var problem = await Problem.OfAsync(await tickets.Http.PostAsJsonAsync("/v1/tickets", new
        {
            customer_id = theirs.Str("customer_id"), subject = "x", assignee_id = user, team_id = team, conversation_id = theirs.Str("conversation_id"), follows_id = theirs.Str("id"),
        }));
        Assert.That(problem.Pointers, Is.EquivalentTo(new[] { "/customer_id", "/assignee_id", "/team_id", "/conversation_id", "/follows_id" }));
        Assert.That(await tickets.RefusedAsync("/v1/tickets", new { customer_id = mine, subject = "x", status_id = "tst_01mv4q0800ebxvvk1mr9tcr6ws" }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_status")));
        Assert.That(await tickets.RefusedAsync("/v1/tickets", new { customer_id = mine, subject = "x", custom_fields = new { nothing = 1 } }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_field")));
        Assert.That(await tickets.SubjectsAsync(""), Is.Empty);
        Assert.That((await tickets.OpenAsync(customer: mine)).Int("number"), Is.EqualTo(1), "no number was lost");
    }

    [Test]
    public async Task Who_is_given_a_new_ticket_has_begun_with_it()
    {
        var (ticket, user) = (await tickets.OpenAsync(), await tickets.Tenant.UserAsync(Role.Agent));

        var taken = await tickets.ChangeAsync(ticket, new { assignee_id = user.Id });
        var given = await tickets.OpenAsync(new { customer_id = ticket.Str("customer_id"), subject = "Given", assignee_id = user.Id });

        Assert.That((taken.Str("category"), given.Str("category")), Is.EqualTo(("open", "open")));
        var back = await Problem.OfAsync(await tickets.Http.PatchAsJsonAsync(SomeTickets.PathOf(ticket), new { category = "new" }));
        Assert.That(back.Errors, Is.EqualTo(new[] { ("/category", "new_once") }));
        var change = (await tickets.Tenant.GetAsync<JsonElement>("/v1/events?limit=100")).Data().Single(e => e.Str("type") == "ticket.updated").GetProperty("data").GetProperty("changes").EnumerateArray().ToArray();
        Assert.That(change.Select(c => (c.Str("field"), c.GetProperty("to").ToString())), Is.EquivalentTo(new[] { ("assignee_id", user.Id), ("category", "open") }));
    }

    [Test]
    public async Task Solved_is_counted_closed_is_for_good()
    {
        var ticket = await tickets.OpenAsync();

        var solved = await tickets.ChangeAsync(ticket, new { category = "solved" });
        var again = await tickets.ChangeAsync(ticket, new { category = "open" });
        var closed = await tickets.ChangeAsync(ticket, new { category = "closed" });
        var late = await Problem.OfAsync(await tickets.Http.PatchAsJsonAsync(SomeTickets.PathOf(ticket), new { category = "open" }));
        var tagged = await tickets.ChangeAsync(ticket, new { add_tags = new[] { "done" } });

        Assert.That((solved.IsNull("solved_at"), again.IsNull("solved_at"), again.Int("reopen_count"), closed.IsNull("closed_at")), Is.EqualTo((false, true, 1, false)));
        Assert.That((late.Status, late.Code, tagged.Str("category")), Is.EqualTo((HttpStatusCode.Conflict, "ticket_closed", "closed")));
        Assert.That(await tickets.EventsAsync(), Is.EqualTo(new[]
        {
            "ticket.created", "ticket.updated", "ticket.solved", "ticket.updated", "ticket.reopened", "ticket.updated", "ticket.solved", "ticket.closed", "ticket.updated",
        }));
    }

    [Test]
    public async Task A_change_that_others_overtook_names_their_fields()
    {
        var ticket = await tickets.OpenAsync();
        await tickets.ChangeAsync(ticket, new { priority = "urgent", add_tags = new[] { "vip" } });
        using var request = new HttpRequestMessage(HttpMethod.Patch, SomeTickets.PathOf(ticket)) { Content = JsonContent.Create(new { priority = "low", type = "incident" }) };
        request.Headers.Add("If-Match", "\"r1\"");

        var problem = await Problem.OfAsync(await tickets.Http.SendAsync(request));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(problem.Document.GetProperty("changed_fields").EnumerateArray().Select(f => f.Str("field")), Is.EquivalentTo(new[] { "priority", "tags" }));
        Assert.That(problem.Document.GetProperty("overlapping_fields").EnumerateArray().Select(f => f.GetString()), Is.EqualTo(new[] { "priority" }));
        Assert.That((await tickets.ShowAsync(ticket)).Str("type"), Is.EqualTo("question"));
        var history = await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{ticket.Str("customer_id")}/history");
        Assert.That(history.Data().Select(h => h.Str("field")), Does.Contain("priority").And.Contain("tags"));
    }

    [Test]
    public async Task Tags_and_custom_fields_change_with_the_ticket()
    {
        await tickets.Tenant.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "tickets", name = "line", label = "Line", type = "text" });
        var ticket = await tickets.OpenAsync(new { customer_id = await tickets.CustomerAsync(), subject = "Pots", custom_fields = new { line = "teapots" }, tags = new[] { "a", "b" } });

        var changed = await tickets.ChangeAsync(ticket, new { custom_fields = new { line = "cups" }, add_tags = new[] { "C" }, remove_tags = new[] { "A" } });

        Assert.That(changed.GetProperty("custom_fields").Str("line"), Is.EqualTo("cups"));
        Assert.That(changed.GetProperty("tags").EnumerateArray().Select(t => t.GetString()), Is.EqualTo(new[] { "b", "C" }));
        Assert.That(await tickets.SubjectsAsync("filter[custom_fields.line][eq]=cups&filter[tag][eq]=c"), Is.EqualTo(new[] { "Pots" }));
        Assert.That(await tickets.SubjectsAsync("filter[custom_fields.line][eq]=teapots"), Is.Empty);
        var tag = (await tickets.Tenant.GetAsync<JsonElement>("/v1/tags")).Data().Single(t => t.Str("name") == "b");
        Assert.That(tag.Int("ticket_count"), Is.EqualTo(1));
        await tickets.Http.DeleteAsync($"/v1/tags/{tag.Str("id")}");
        Assert.That((await tickets.ShowAsync(ticket)).GetProperty("tags").EnumerateArray().Select(t => t.GetString()), Is.EqualTo(new[] { "C" }), "at once");
        await TestApi.RunJobsAsync();
        Assert.That((await tickets.ChangeAsync(ticket, new { tags = new[] { "only" } })).GetProperty("tags").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_same_change_is_made_to_many()
    {
        var (one, two) = (await tickets.OpenAsync("One"), await tickets.OpenAsync("Two"));
        await tickets.ChangeAsync(two, new { category = "closed" });
        var stranger = await (await SomeTickets.NewAsync()).OpenAsync();

        var answer = await tickets.Tenant.CreateAsync<JsonElement>("/v1/tickets/changes", new { ticket_ids = new[] { one.Str("id"), two.Str("id"), stranger.Str("id") }, change = new { category = "pending", add_tags = new[] { "bulk" } } });

        Assert.That(answer.GetProperty("results").EnumerateArray().Select(r => r.Int("status")), Is.EqualTo(new[] { 200, 409, 404 }));
        Assert.That(((await tickets.ShowAsync(one)).Str("category"), (await tickets.ShowAsync(two)).GetProperty("tags").GetArrayLength()), Is.EqualTo(("pending", 0)));
    }

    [Test]
    public async Task A_ticket_goes_into_the_bin_and_comes_back_whole()
    {
        var other = await tickets.OpenAsync("Other");
        var ticket = await tickets.OpenAsync(new { customer_id = other.Str("customer_id"), subject = "Oops", tags = new[] { "keep" }, type = "problem" });
        await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/links", new { relation = "related", ticket_id = other.Str("id") });

        await tickets.Http.DeleteAsync(SomeTickets.PathOf(ticket));
        Assert.That((await tickets.Http.GetAsync(SomeTickets.PathOf(ticket))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"{SomeTickets.PathOf(other)}/links")).Data(), Is.Empty);
        var bin = (await tickets.Tenant.GetAsync<JsonElement>("/v1/recycle_bin")).Data().Single();
        await tickets.Tenant.CreateAsync<JsonElement>($"/v1/recycle_bin/{bin.Str("id")}/restore", new { });

        var back = await tickets.ShowAsync(ticket);
        Assert.That((back.Int("number"), back.GetProperty("tags")[0].GetString()), Is.EqualTo((2, "keep")));
        Assert.That((await tickets.OpenAsync("Next")).Int("number"), Is.EqualTo(3), "a number is given once");
    }

    [Test]
    public async Task A_customer_takes_their_tickets_into_the_bin()
    {
        var ticket = await tickets.OpenAsync();
        await tickets.Http.DeleteAsync($"/v1/customers/{ticket.Str("customer_id")}");
        Assert.That(await tickets.SubjectsAsync(""), Is.Empty);

        var bin = (await tickets.Tenant.GetAsync<JsonElement>("/v1/recycle_bin")).Data().Single();
        await tickets.Tenant.CreateAsync<JsonElement>($"/v1/recycle_bin/{bin.Str("id")}/restore", new { });

        Assert.That((await tickets.ShowAsync(ticket)).Str("subject"), Is.EqualTo("The parcel is late"));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?" }));
    }

    [Test]
    public async Task What_came_from_elsewhere_is_opened_once()
    {
        var customer = new { email = "ana@example.com" };
        var first = await tickets.Http.PostAsJsonAsync("/v1/tickets", new { customer, subject = "Old", source = "zendesk", external_id = "4711" });
        var second = await tickets.Http.PostAsJsonAsync("/v1/tickets", new { customer, subject = "Older", source = "zendesk", external_id = "4711" });

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(second)).Str("subject"), Is.EqualTo("Old"));
        Assert.That(await tickets.SubjectsAsync("filter[source][eq]=zendesk&filter[external_id][eq]=4711"), Is.EqualTo(new[] { "Old" }));
    }

    [Test]
    public async Task Fifty_at_once_have_fifty_numbers_and_fifty_repeats_are_one()
    {
        var customer = await tickets.CustomerAsync();
        var key = Guid.NewGuid().ToString();
        async Task<JsonElement> OpenAsync(int n, string idempotencyKey)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tickets") { Content = JsonContent.Create(new { customer_id = customer, subject = $"No. {n}" }) };
            request.Headers.Add("Idempotency-Key", idempotencyKey);
            var response = await tickets.Http.SendAsync(request);
            return response.StatusCode == HttpStatusCode.Conflict ? default : await TestTenant.ReadAsync<JsonElement>(response);
        }

        var different = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => OpenAsync(n, Guid.NewGuid().ToString())));
        var same = (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OpenAsync(99, key)))).Where(t => t.ValueKind == JsonValueKind.Object).ToArray();

        Assert.That(different.Select(t => t.Int("number")), Is.EquivalentTo(Enumerable.Range(1, 50)));
        Assert.That(same.Select(t => t.Int("number")).Distinct(), Is.EqualTo(new[] { 51 }));
        Assert.That((await tickets.OpenAsync(customer: customer)).Int("number"), Is.EqualTo(52));
    }

    [Test]
    public async Task Nothing_of_another_tenants_is_found_or_changed()
    {
        var (mine, theirs) = (await tickets.OpenAsync(), await (await SomeTickets.NewAsync()).OpenAsync());
        var path = SomeTickets.PathOf(theirs);

        foreach (var (method, at, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, path, null), (HttpMethod.Patch, path, new { priority = "low" }), (HttpMethod.Delete, path, null), (HttpMethod.Post, $"{path}/replies", new { text = "x" }), (HttpMethod.Post, $"{path}/notes", new { text = "x" }),
            (HttpMethod.Get, $"{path}/links", null), (HttpMethod.Post, $"{path}/links", new { relation = "related", ticket_id = mine.Str("id") }), (HttpMethod.Post, $"{path}/merge", new { into_id = mine.Str("id") }),
            (HttpMethod.Post, $"{path}/split", new { entry_ids = new[] { "ent_01mv4q0800ebxvvk1mr9tcr6ws" }, subject = "x" }), (HttpMethod.Get, $"{path}/moves", null),
        })
        {
            using var request = new HttpRequestMessage(method, at) { Content = body is null ? null : JsonContent.Create(body) };
            Assert.That((await tickets.Http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), $"{method} {at}");
        }
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(mine)}/links", new { relation = "related", ticket_id = theirs.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_ticket")));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(mine)}/merge", new { into_id = theirs.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_ticket")));
    }
}
