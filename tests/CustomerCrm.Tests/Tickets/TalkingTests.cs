using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Tickets;

public class TalkingTests
{
    private SomeTickets tickets = null!;

    [SetUp]
    public async Task SetUp() => tickets = await SomeTickets.NewAsync();

    [Test]
    public async Task An_answer_goes_out_and_counts_once()
    {
        var ticket = await tickets.OpenAsync();

        var answer = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/replies", new { text = "On its way.", change = new { category = "pending" } });

        Assert.That((answer.GetProperty("entry").Str("author"), answer.GetProperty("ticket").Str("category"), answer.GetProperty("ticket").IsNull("first_replied_at")), Is.EqualTo(("agent", "pending", false)));
        Assert.That(await tickets.EventsAsync(), Is.EqualTo(new[] { "ticket.created", "ticket.updated", "ticket.replied", "ticket.updated" }));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?", "On its way." }));
    }

    [Test]
    public async Task A_note_is_no_answer()
    {
        var ticket = await tickets.OpenAsync();
        await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/notes", new { text = "Ask the carrier." });

        Assert.That((await tickets.ShowAsync(ticket)).IsNull("first_replied_at"), Is.True);
        Assert.That(await tickets.EventsAsync(), Is.EqualTo(new[] { "ticket.created" }));
    }

    [Test]
    public async Task Who_has_the_ticket_now_is_answered_and_not_who_had_it_before()
    {
        var (ticket, bea) = (await tickets.OpenAsync(), await tickets.CustomerAsync("Bea"));
        await tickets.ChangeAsync(ticket, new { customer_id = bea });
        await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/notes", new { text = "It was Bea who asked." });

        var answer = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/replies", new { text = "For your eyes, Bea." });
        var again = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/replies", new { text = "And this." });

        Assert.That((answer.GetProperty("entry").Str("customer_id"), answer.GetProperty("ticket").Str("conversation_id")), Is.EqualTo((bea, answer.GetProperty("entry").Str("conversation_id"))));
        Assert.That((answer.GetProperty("ticket").IsNull("first_replied_at"), again.GetProperty("entry").Str("conversation_id")), Is.EqualTo((false, answer.GetProperty("entry").Str("conversation_id"))));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?", "It was Bea who asked." }), "what was said with Ana is with Ana");
    }

    [Test]
    public async Task Nothing_is_sent_over_a_message_that_was_not_read()
    {
        var ticket = await tickets.OpenAsync();
        await tickets.WriteAsync(ticket, "It has just come!");

        var refused = await Problem.OfAsync(await tickets.Http.PostAsJsonAsync($"{SomeTickets.PathOf(ticket)}/replies", new { text = "It is lost.", last_seen_number = 1 }));

        Assert.That((refused.Status, refused.Code, refused.Document.GetProperty("missed_numbers")[0].GetInt32()), Is.EqualTo((HttpStatusCode.Conflict, "newer_message", 2)));
        Assert.That(await tickets.TextsAsync(ticket), Is.EqualTo(new[] { "Where is my parcel?", "It has just come!" }));
        Assert.That((await tickets.ShowAsync(ticket)).IsNull("replied_at"), Is.True);
        var sent = await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(ticket)}/replies", new { text = "Splendid.", last_seen_number = 2 });
        Assert.That(sent.GetProperty("missed_numbers").GetArrayLength(), Is.Zero);
    }

    [TestCase("pending")]
    [TestCase("on_hold")]
    [TestCase("solved")]
    public async Task What_the_customer_writes_takes_it_up_again(string from)
    {
        var ticket = await tickets.OpenAsync();
        await tickets.ChangeAsync(ticket, new { category = from });

        await tickets.WriteAsync(ticket, "Still nothing.");

        var now = await tickets.ShowAsync(ticket);
        Assert.That((now.Str("category"), now.Int("reopen_count")), Is.EqualTo(("open", from == "solved" ? 1 : 0)));
        Assert.That((await tickets.EventsAsync())[^1], Is.EqualTo("ticket.customer_replied"));
    }

    [Test]
    public async Task Too_late_another_ticket_follows_in_the_same_conversation()
    {
        var (solved, closed) = (await tickets.OpenAsync("Solved long ago"), await tickets.OpenAsync("Closed"));
        await tickets.ChangeAsync(solved, new { category = "solved" });
        await tickets.AgeAsync(solved, TimeSpan.FromDays(14));
        await tickets.ChangeAsync(closed, new { category = "closed" });

        foreach (var ticket in new[] { solved, closed }) await tickets.WriteAsync(ticket, "Again!");
        await tickets.WriteAsync(closed, "And again!");

        var all = (await tickets.Tenant.GetAsync<JsonElement>("/v1/tickets?sort=number")).Data();
        Assert.That(all.Skip(2).Select(t => (t.Int("number"), t.Str("category"), t.Str("follows_id"), t.Str("conversation_id"))), Is.EqualTo(new[]
        {
            (3, "new", solved.Str("id"), solved.Str("conversation_id")), (4, "new", closed.Str("id"), closed.Str("conversation_id")),
        }));
        Assert.That(all.Take(2).Select(t => t.Str("category")), Is.EqualTo(new[] { "solved", "closed" }));
    }

    [Test]
    public async Task The_tenant_says_for_how_long_it_opens_again_and_when_it_is_closed()
    {
        await TestTenant.ReadAsync<JsonElement>(await tickets.Http.PatchAsJsonAsync("/v1/tickets/settings", new { reopen_days = 2, close_days = 3 }));
        var (kept, over, fresh) = (await tickets.OpenAsync("Kept"), await tickets.OpenAsync("Over"), await tickets.OpenAsync("Fresh"));
        foreach (var (ticket, days) in new[] { (kept, 2), (over, 3), (fresh, 0) })
        {
            await tickets.ChangeAsync(ticket, new { category = "solved" });
            await tickets.AgeAsync(ticket, TimeSpan.FromDays(days));
        }

        foreach (var _ in new[] { 1, 2 })
            await tickets.Tenant.WithScopeAsync(services => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<CustomerCrm.Tickets.Closing.CloseSolvedJob>(services).RunAsync(new(), default));
        await tickets.WriteAsync(kept, "Hello?");

        var all = (await tickets.Tenant.GetAsync<JsonElement>("/v1/tickets?sort=number")).Data();
        Assert.That(all.Select(t => t.Str("category")), Is.EqualTo(new[] { "solved", "closed", "solved", "new" }));
        Assert.That((await tickets.EventsAsync()).Count(t => t == "ticket.closed"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_else_is_here_is_told_until_nothing_is_heard_of_them()
    {
        var ticket = await tickets.OpenAsync();
        var (ada, ben) = (await tickets.Tenant.UserAsync(Role.Agent), await tickets.Tenant.UserAsync(Role.Agent));
        var path = $"{SomeTickets.PathOf(ticket)}/presence";

        var alone = await TestTenant.ReadAsync<JsonElement>(await ada.Http.PutAsJsonAsync(path, new { state = "editing" }));
        var both = await TestTenant.ReadAsync<JsonElement>(await ben.Http.PutAsJsonAsync(path, new { }));
        var reply = await TestTenant.ReadAsync<JsonElement>(await ben.Http.PostAsJsonAsync($"{SomeTickets.PathOf(ticket)}/replies", new { text = "Hello" }));

        Assert.That(alone.GetProperty("others").GetArrayLength(), Is.Zero);
        Assert.That((both.GetProperty("others")[0].Str("user_id"), both.GetProperty("others")[0].Str("state")), Is.EqualTo((ada.Id, "editing")));
        Assert.That(reply.GetProperty("others")[0].Str("user_id"), Is.EqualTo(ada.Id));
        Assert.That((await tickets.ShowAsync(ticket)).GetProperty("viewers").GetArrayLength(), Is.EqualTo(2), "a key is nobody, and sees both");
        await ada.Http.DeleteAsync(path);
        await tickets.Tenant.WithDbAsync(db => db.ExecuteAsync(Expire, new { Now = TestApi.Clock.GetUtcNow() }, default));
        Assert.That((await tickets.ShowAsync(ticket)).GetProperty("viewers").GetArrayLength(), Is.Zero);
        Assert.That((await Problem.OfAsync(await tickets.Http.PutAsJsonAsync(path, new { }))).Code, Is.EqualTo("person_only"));
    }

    private static readonly CustomerCrm.Platform.Data.TenantSql Expire = CustomerCrm.Platform.Data.TenantSql.Of("UPDATE TicketViewers SET ExpiresAt = @Now WHERE TenantId = @TenantId");
}
