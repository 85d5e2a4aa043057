using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Tickets;

public class MovingTests
{
    private SomeTickets tickets = null!;

    [SetUp]
    public async Task SetUp() => tickets = await SomeTickets.NewAsync();

    [Test]
    public async Task What_the_customer_of_a_merged_ticket_writes_goes_on()
    {
        var (one, two) = (await tickets.OpenAsync("Twice", text: "Hello?"), await tickets.OpenAsync("First"));
        await tickets.ChangeAsync(one, new { add_tags = new[] { "loud" } });

        var into = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(one)}/merge", new { into_id = two.Str("id"), reason = "The same parcel" });
        await tickets.ChangeAsync(two, new { category = "solved" });
        await tickets.WriteAsync(one, "Nobody answers me!");

        var (merged, target) = (await tickets.ShowAsync(one), await tickets.ShowAsync(two));
        Assert.That((into.Str("id"), into.GetProperty("tags")[0].GetString()), Is.EqualTo((two.Str("id"), "loud")));
        Assert.That((merged.Str("category"), merged.Str("merged_into_id"), target.Str("category"), target.Int("reopen_count")), Is.EqualTo(("closed", two.Str("id"), "open", 1)));
        Assert.That(target.GetProperty("merged_ids")[0].GetString(), Is.EqualTo(one.Str("id")));
        Assert.That((await tickets.TextsAsync(two))[^1], Does.Contain("Nobody answers me!"));
        Assert.That((await tickets.EventsAsync()).Count(t => t is "ticket.solved"), Is.EqualTo(1), "what was merged was not solved");
        var move = (await tickets.Tenant.GetAsync<JsonElement>($"{SomeTickets.PathOf(one)}/moves")).Data().Single();
        Assert.That((move.Str("kind"), move.Str("ticket_id"), move.Str("reason"), move.Int("entry_count"), move.GetProperty("effects").GetArrayLength()), Is.EqualTo(("merged_into", two.Str("id"), "The same parcel", 1, 3)));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"{SomeTickets.PathOf(two)}/moves")).Data().Single().Str("kind"), Is.EqualTo("merged_from"));
    }

    [Test]
    public async Task A_ticket_that_was_merged_neither_goes_nor_is_gone_into()
    {
        var (one, two, three) = (await tickets.OpenAsync("One"), await tickets.OpenAsync("Two"), await tickets.OpenAsync("Three"));
        await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(one)}/merge", new { into_id = two.Str("id") });

        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(one)}/merge", new { into_id = three.Str("id") }), Is.EqualTo((HttpStatusCode.Conflict, "ticket_merged")));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(three)}/merge", new { into_id = one.Str("id") }), Is.EqualTo((HttpStatusCode.Conflict, "ticket_merged")));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(two)}/merge", new { into_id = one.Str("id") }), Is.EqualTo((HttpStatusCode.Conflict, "ticket_merged")), "no circles");
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(two)}/merge", new { into_id = two.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "itself")));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(one)}/replies", new { text = "x" }), Is.EqualTo((HttpStatusCode.Conflict, "ticket_merged")));

        await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(two)}/merge", new { into_id = three.Str("id") });
        await tickets.WriteAsync(one, "Through both");
        Assert.That((await tickets.TextsAsync(three))[^1], Does.Contain("Through both"));
    }

    [Test]
    public async Task Of_two_merges_at_once_into_each_other_one_wins()
    {
        var (one, two) = (await tickets.OpenAsync("One"), await tickets.OpenAsync("Two"));

        var answers = await Task.WhenAll(
            tickets.Http.PostAsJsonAsync($"{SomeTickets.PathOf(one)}/merge", new { into_id = two.Str("id") }),
            tickets.Http.PostAsJsonAsync($"{SomeTickets.PathOf(two)}/merge", new { into_id = one.Str("id") }));

        Assert.That(answers.Select(a => a.StatusCode), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
    }

    [Test]
    public async Task Chosen_entries_become_a_ticket_of_their_own()
    {
        var ticket = await tickets.OpenAsync(text: "Where is my parcel?");
        await tickets.WriteAsync(ticket, "And my invoice?");
        var entries = await tickets.EntryIdsAsync(ticket);

        var split = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/split", new { entry_ids = new[] { entries[1] }, subject = "The invoice" });
        await tickets.WriteAsync(split, "Thank you");

        Assert.That(await tickets.TextsAsync(split), Is.EqualTo(new[] { "And my invoice?", "Thank you" }));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?", "1 to ticket #2: The invoice" }));
        Assert.That((split.Str("customer_id"), split.IsNull("customer_replied_at"), split.GetProperty("origin").Str("id")), Is.EqualTo((ticket.Str("customer_id"), false, ticket.Str("id"))));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"{SomeTickets.PathOf(split)}/moves")).Data().Single().Str("kind"), Is.EqualTo("split_from"));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(ticket)}/split", new { entry_ids = new[] { entries[1] }, subject = "Again" }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_entry")));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>("/v1/tickets")).Data(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task What_is_split_stays_with_whoever_said_it()
    {
        var (ticket, bea) = (await tickets.OpenAsync(), await tickets.CustomerAsync("Bea"));
        var ana = ticket.Str("customer_id");
        await tickets.ChangeAsync(ticket, new { customer_id = bea });

        var split = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/split", new { entry_ids = await tickets.EntryIdsAsync(ticket), subject = "What Ana wrote" });

        Assert.That(split.Str("customer_id"), Is.EqualTo(ana));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{bea}/conversations")).Data(), Is.Empty);
    }

    [Test]
    public async Task Links_are_seen_from_both_ends_and_form_no_circle()
    {
        var (problem, incident, third) = (await tickets.OpenAsync("Problem"), await tickets.OpenAsync("Incident"), await tickets.OpenAsync("Third"));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(incident)}/links", new { relation = "problem", ticket_id = problem.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "not_a_problem")));
        foreach (var ticket in new[] { problem, incident, third }) await tickets.ChangeAsync(ticket, new { type = "problem" });

        await LinkAsync(incident, "problem", problem);
        await LinkAsync(incident, "problem", problem);
        await LinkAsync(problem, "problem", third);
        await LinkAsync(third, "related", incident);

        Assert.That(await LinksAsync(problem), Is.EquivalentTo(new[] { ("incident", "Incident"), ("problem", "Third") }));
        Assert.That(await LinksAsync(incident), Is.EquivalentTo(new[] { ("problem", "Problem"), ("related", "Third") }));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(third)}/links", new { relation = "problem", ticket_id = incident.Str("id") }), Is.EqualTo((HttpStatusCode.Conflict, "link_circle")));
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(third)}/links", new { relation = "original", ticket_id = third.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "itself")));
        await LinkAsync(third, "original", incident);
        Assert.That(await tickets.RefusedAsync($"{SomeTickets.PathOf(incident)}/links", new { relation = "original", ticket_id = third.Str("id") }), Is.EqualTo((HttpStatusCode.Conflict, "link_circle")));

        Assert.That((await tickets.Http.DeleteAsync($"{SomeTickets.PathOf(problem)}/links/incident/{incident.Str("id")}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await tickets.Http.DeleteAsync($"{SomeTickets.PathOf(problem)}/links/incident/{incident.Str("id")}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await LinksAsync(problem), Is.EqualTo(new[] { ("problem", "Third") }));
    }

    private Task<JsonElement> LinkAsync(JsonElement ticket, string relation, JsonElement other) => tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/links", new { relation, ticket_id = other.Str("id") });

    private async Task<(string, string)[]> LinksAsync(JsonElement ticket) => [.. (await tickets.Tenant.GetAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/links")).Data().Select(l => (l.Str("relation"), l.Str("subject")))];
}
