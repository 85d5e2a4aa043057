using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.ProviderCallbacks;

namespace CustomerCrm.Tests.Conversations;

public class ThreadingTests
{
    [Test]
    public async Task Who_starts_in_the_chat_and_goes_on_by_email_stays_in_one_thread()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), Address());
        var page = await SomeConversations.ChatAsync(bench.Tenant, "Where is my parcel?", email: address);
        await page.SayAsync(new { text = "It should be here.", unique_id = "m-2" });

        await SomeConversations.MailAsync(bench, address, "I had to leave the chat. Any news?", "a@mail.example");

        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single();
        var entries = await SomeConversations.EntriesAsync(bench.Tenant, conversation.Text("id")!);
        Assert.That(entries.Select(e => (e.Text("channel"), e.Text("text"))), Is.EqualTo(new[] { ("chat", "Where is my parcel?"), ("chat", "It should be here."), ("email", "I had to leave the chat. Any news?") }));
        Assert.That(entries[2].GetProperty("threading").Text("by"), Is.EqualTo("chat_address"));
        Assert.That((conversation.Text("channel"), conversation.Text("state")), Is.EqualTo(("email", "open")));
        Assert.That((await page.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "Where is my parcel?", "It should be here." }), "what came by e-mail is not shown to whoever has the page");
    }

    [Test]
    public async Task The_answer_to_an_answer_finds_its_thread_by_the_reply_address_although_another_is_open()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), Address());
        await bench.Tenant.Http.PatchAsJsonAsync($"/v1/channels/{EmailChannel}", new { address = "help@shop.example" });
        await SomeConversations.MailAsync(bench, address, "First question", "q1@mail.example");
        var first = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;
        var reply = await SomeConversations.ReplyAsync(bench.Tenant, first, new { text = "An answer." });
        await bench.Tenant.CreateAsync<JsonElement>("/v1/conversations", new { customer_id = reply.Text("customer_id"), channel = "email", message = new { author = "customer", text = "Something else" } });
        await TestApi.RunJobsAsync();

        var sent = SomeConversations.SentBy(bench).Single();
        var replyTo = sent.GetProperty("reply_to").Text("email")!;
        Assert.That(replyTo, Does.StartWith("help+c").And.EndWith("@shop.example"));
        Assert.That((sent.Text("subject"), sent.GetProperty("headers").Text("In-Reply-To"), sent.GetProperty("headers").Text("References")), Is.EqualTo(("Re: Question", "<q1@mail.example>", "<q1@mail.example>")));
        Assert.That(sent.GetProperty("headers").TryGetProperty("Reply-To", out _), Is.False, "the provider refuses it as a header");

        await SomeConversations.MailAsync(bench, address, "Thank you!", "q2@mail.example", to: replyTo.ToUpperInvariant());

        var last = (await SomeConversations.EntriesAsync(bench.Tenant, first))[^1];
        Assert.That((last.Text("text"), last.GetProperty("threading").Text("by")), Is.EqualTo(("Thank you!", "named")));
    }

    [Test]
    public async Task The_answer_to_an_answer_finds_its_thread_by_what_it_answers_and_opens_it_again()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), Address());
        await SomeConversations.MailAsync(bench, address, "First question", "q1@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;
        var reply = await SomeConversations.ReplyAsync(bench.Tenant, conversation, new { text = "An answer." });
        await bench.Tenant.Http.PatchAsJsonAsync($"/v1/conversations/{conversation}", new { state = "closed" });

        await SomeConversations.MailAsync(bench, "somebody@else.example", "I write from home.", "q2@mail.example", references: $"<{reply.GetProperty("delivery").Text("message_id")}@localhost>");
        await SomeConversations.MailAsync(bench, address, "And I too.", "q3@mail.example", references: "<q2@mail.example>");

        var entries = await SomeConversations.EntriesAsync(bench.Tenant, conversation);
        Assert.That(entries.Select(e => e.Text("what") ?? e.Text("text")), Is.EqualTo(new[] { "First question", "An answer.", "closed", "I write from home.", "reopened", "And I too." }));
        Assert.That(entries[3].GetProperty("threading").Text("detail"), Does.Contain("not the customer's"));
        Assert.That(entries[3].Text("from"), Is.EqualTo("somebody@else.example"));
        Assert.That((await bench.Tenant.GetAsync<JsonElement>($"/v1/conversations/{conversation}")).GetProperty("reopen_count").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_email_that_is_delivered_twice_is_one_message_and_one_event()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), Address());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SomeConversations.MailAsync(bench, address, "Only once", "once@mail.example")));
        await SomeConversations.MailAsync(bench, address, "Only once", "once@mail.example");

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.NoContent));
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single();
        Assert.That(await SomeConversations.EntriesAsync(bench.Tenant, conversation.Text("id")!), Has.Length.EqualTo(1));
        Assert.That(await EventsAsync(bench.Tenant, "conversation.message_received"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Fifty_identical_messages_at_once_are_one()
    {
        var tenant = await TestTenant.NewAsync();
        var message = new { customer = new { email = Address() }, channel = "web", text = "Once, please.", external_id = "form-1" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tenant.Http.PostAsJsonAsync("/v1/conversations/messages", message)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(49));
        Assert.That(await SomeConversations.ConversationsAsync(tenant), Has.Length.EqualTo(1));
        Assert.That(await EventsAsync(tenant, "conversation.message_received"), Has.Length.EqualTo(1));
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Every_channel_comes_into_the_one_thread_and_each_message_once_into_the_timeline()
    {
        var tenant = await TestTenant.NewAsync();
        var customer = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = Address() })).Text("id")!;
        var own = (await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social" })).Text("id")!;

        foreach (var channel in new[] { "phone", "in_person", "web", "social", "self_service", "chat", "sms", "email" }) await SomeConversations.SaidAsync(tenant, new { customer_id = customer, channel, text = $"By {channel}" });
        var last = await SomeConversations.SaidAsync(tenant, new { customer_id = customer, channel_id = own, text = "By WhatsApp", from = "+43 664 1234567", external_id = "wa-1" });
        await SomeConversations.ReplyAsync(tenant, last.Text("conversation_id")!, new { text = "By e-mail", channel = "email" });

        var conversation = (await SomeConversations.ConversationsAsync(tenant)).Single();
        Assert.That((conversation.Text("channel"), conversation.Text("channel_id"), conversation.Text("state"), conversation.GetProperty("last_number").GetInt32()), Is.EqualTo(("social", own, "waiting", 10)));
        var timeline = (await tenant.GetAsync<JsonElement>($"/v1/customers/{customer}/timeline?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ToList();
        Assert.That(timeline.Count(kind => kind == "interaction"), Is.EqualTo(10));
        Assert.That(timeline, Does.Not.Contain("message"), "an answer is an interaction, and the message that carried it is not shown beside it");
    }

    [Test]
    public async Task Another_tenants_reply_address_and_ids_lead_nowhere()
    {
        var (acme, other, address) = (await CallbackBench.SendGridAsync(), await CallbackBench.SendGridAsync(), Address());
        await acme.Tenant.Http.PatchAsJsonAsync($"/v1/channels/{EmailChannel}", new { address = "help@shop.example" });
        await SomeConversations.MailAsync(acme, address, "Hello", "q1@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(acme.Tenant)).Single().Text("id")!;
        var reply = await SomeConversations.ReplyAsync(acme.Tenant, conversation, new { text = "An answer." });
        await TestApi.RunJobsAsync();
        var replyTo = SomeConversations.SentBy(acme).Single().GetProperty("reply_to").Text("email")!;

        await SomeConversations.MailAsync(other, address, "Elsewhere", "q2@mail.example", to: replyTo, references: $"<{reply.GetProperty("delivery").Text("message_id")}@localhost>");

        Assert.That(await SomeConversations.EntriesAsync(acme.Tenant, conversation), Has.Length.EqualTo(2));
        var theirs = (await SomeConversations.ConversationsAsync(other.Tenant)).Single();
        Assert.That((await SomeConversations.EntriesAsync(other.Tenant, theirs.Text("id")!)).Single().GetProperty("threading").Text("by"), Is.EqualTo("new"));
    }

    [Test]
    public async Task A_reply_address_that_was_tampered_with_names_nothing()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), Address());
        await bench.Tenant.Http.PatchAsJsonAsync($"/v1/channels/{EmailChannel}", new { address = "help@shop.example" });
        await SomeConversations.MailAsync(bench, address, "Hello", "q1@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;
        await SomeConversations.ReplyAsync(bench.Tenant, conversation, new { text = "An answer." });
        await TestApi.RunJobsAsync();
        var replyTo = SomeConversations.SentBy(bench).Single().GetProperty("reply_to").Text("email")!;
        var at = replyTo.IndexOf('@');
        var forged = replyTo[..(at - 1)] + (replyTo[at - 1] == '0' ? '1' : '0') + replyTo[at..];

        await SomeConversations.MailAsync(bench, "stranger@else.example", "Let me in", "q2@mail.example", to: forged);

        Assert.That(await SomeConversations.EntriesAsync(bench.Tenant, conversation), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task An_out_of_office_note_neither_opens_nor_raises_anything()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), Address());
        await SomeConversations.MailAsync(bench, address, "Question", "q1@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;
        var reply = await SomeConversations.ReplyAsync(bench.Tenant, conversation, new { text = "An answer." });
        await bench.Tenant.Http.PatchAsJsonAsync($"/v1/conversations/{conversation}", new { state = "closed" });

        await SomeConversations.MailAsync(bench, address, "I am away.", "q2@mail.example", references: $"<{reply.GetProperty("delivery").Text("message_id")}@localhost>", more: "Auto-Submitted: auto-replied\r\n");
        await SomeConversations.MailAsync(bench, address, "I am away.", "q3@mail.example", more: "Auto-Submitted: auto-replied\r\n");

        var now = await bench.Tenant.GetAsync<JsonElement>($"/v1/conversations/{conversation}");
        Assert.That(now.Text("state"), Is.EqualTo("closed"));
        Assert.That((await SomeConversations.EntriesAsync(bench.Tenant, conversation)).Count(e => e.GetProperty("is_automatic").GetBoolean()), Is.EqualTo(1), "the one that answers nothing is an interaction alone");
        Assert.That(await EventsAsync(bench.Tenant, "conversation.message_received"), Has.Length.EqualTo(1));
    }

    internal static string EmailChannel => CustomerCrm.Channels.BuiltInChannels.IdOf(CustomerCrm.Interactions.InteractionChannel.Email).ToString();

    internal static string Address() => $"{Guid.NewGuid():N}@example.com";

    internal static async Task<JsonElement[]> EventsAsync(TestTenant tenant, string type) =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/events?limit=100&filter[type][eq]={type}")).GetProperty("data").EnumerateArray()];
}
