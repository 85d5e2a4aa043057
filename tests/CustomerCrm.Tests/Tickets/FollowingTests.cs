using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Conversations;

namespace CustomerCrm.Tests.Tickets;

/// <summary>A conversation turns out to be another customer's.</summary>
public class FollowingTests
{
    [Test]
    public async Task Tickets_follow_their_conversation_to_another_customer()
    {
        var tickets = await SomeTickets.NewAsync();
        var (ana, ben) = (await tickets.CustomerAsync("Ana"), await tickets.CustomerAsync("Ben"));
        var first = await tickets.OpenAsync(customer: ana);
        var closed = await tickets.OpenAsync(new { customer_id = ana, subject = "Before", conversation_id = first.Str("conversation_id"), category = "closed" });
        var elsewhere = await tickets.OpenAsync(customer: ana);

        await MoveAsync(tickets, first, ben);
        await TestApi.RunJobsAsync();

        Assert.That((await OwnerAsync(first), await OwnerAsync(closed), await OwnerAsync(elsewhere)), Is.EqualTo((ben, ben, ana)));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{ben}/tickets")).Data().Select(t => t.Str("subject")), Is.EquivalentTo(new[] { "The parcel is late", "Before" }));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{ben}/timeline?limit=50")).Data().Select(t => t.Str("id")), Is.SupersetOf(new[] { first.Str("id"), closed.Str("id") }));
        var told = (await tickets.Tenant.GetAsync<JsonElement>("/v1/events?limit=100")).Data().Where(e => e.Str("type") == "ticket.updated" && e.GetRawText().Contains("\"field\":\"customer_id\"", StringComparison.Ordinal));
        Assert.That(told.Select(e => e.GetProperty("data").Str("id")), Is.EqualTo(new[] { first.Str("id"), closed.Str("id") }));

        await MoveAsync(tickets, first, ana);
        Assert.That(await OwnerAsync(first), Is.EqualTo(ana), "and back");

        async Task<string> OwnerAsync(JsonElement ticket) => (await tickets.ShowAsync(ticket)).Str("customer_id");
    }

    [Test]
    public async Task A_ticket_that_was_given_to_somebody_by_hand_stays_with_them()
    {
        var tickets = await SomeTickets.NewAsync();
        var (ana, ben, carl) = (await tickets.CustomerAsync("Ana"), await tickets.CustomerAsync("Ben"), await tickets.CustomerAsync("Carl"));
        var ticket = await tickets.OpenAsync(customer: ana);
        await tickets.ChangeAsync(ticket, new { customer_id = carl });

        await MoveAsync(tickets, ticket, ben);

        Assert.That((await tickets.ShowAsync(ticket)).Str("customer_id"), Is.EqualTo(carl));
    }

    [Test]
    public async Task The_ticket_of_a_visitor_is_the_customers_that_they_turn_out_to_be()
    {
        var tickets = await SomeTickets.NewAsync();
        var ada = await tickets.CustomerAsync("Ada");
        var page = await SomeConversations.ChatAsync(tickets.Tenant);
        var conversation = (await SomeConversations.ConversationsAsync(tickets.Tenant)).Single();
        var ticket = await tickets.OpenAsync(new { customer_id = conversation.Str("customer_id"), subject = "Asked in the chat", conversation_id = conversation.Str("id") });

        await MoveAsync(tickets, ticket, ada);

        Assert.That((await tickets.ShowAsync(ticket)).Str("customer_id"), Is.EqualTo(ada), "and it did not go into the bin with whoever was made for the chat");
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>("/v1/recycle_bin")).Data().Select(b => b.Str("kind")), Is.EqualTo(new[] { "customer" }), page.VisitorId);
    }

    private static async Task MoveAsync(SomeTickets tickets, JsonElement ticket, string to) =>
        await TestTenant.ReadAsync<JsonElement>(await tickets.Http.PatchAsJsonAsync($"/v1/conversations/{ticket.Str("conversation_id")}", new { customer_id = to }));
}
