using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Conversations;
using CustomerCrm.Tests.ProviderCallbacks;

namespace CustomerCrm.Tests.Chat;

public class ChatTests
{
    [Test]
    public async Task A_visitor_and_an_agent_talk_and_notes_stay_inside()
    {
        var tenant = await TestTenant.NewAsync();
        var page = await SomeConversations.ChatAsync(tenant, "Do you deliver to Austria?");
        var conversation = (await SomeConversations.ConversationsAsync(tenant)).Single().Text("id")!;

        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/notes", new { text = "Looks lost." });
        var reply = await SomeConversations.ReplyAsync(tenant, conversation, new { text = "We do." });
        await tenant.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/typing", new { is_typing = true });

        var chat = await TestTenant.ReadAsync<JsonElement>(await page.Http.GetAsync("/v1/chat"));
        Assert.That(chat.GetProperty("messages").EnumerateArray().Select(m => (m.Text("author"), m.Text("text"))), Is.EqualTo(new[] { ("customer", "Do you deliver to Austria?"), ("agent", "We do.") }));
        Assert.That((chat.Text("state"), chat.GetProperty("typing")[0].GetString(), reply.GetProperty("delivery").Text("state")), Is.EqualTo(("waiting", "Full access", "sent")));
        Assert.That((await page.MessagesAsync(after: 1)).Single().Text("text"), Is.EqualTo("We do."));
    }

    [Test]
    public async Task Fifty_identical_messages_at_once_are_one()
    {
        var tenant = await TestTenant.NewAsync();
        var page = await SomeConversations.ChatAsync(tenant);

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => page.SayAsync(new { text = "Once", unique_id = "m-1" })));

        Assert.That(answers.Select(a => a.GetProperty("number").GetInt32()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await page.MessagesAsync(), Has.Length.EqualTo(2));
        Assert.That(await ThreadingTests.EventsAsync(tenant, "conversation.message_received"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_visitors_token_opens_nothing_of_another_visitor_and_a_wrong_one_nothing_at_all()
    {
        var (tenant, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var (hers, his, foreign) = (await SomeConversations.ChatAsync(tenant, "Hers"), await SomeConversations.ChatAsync(tenant, "His"), await SomeConversations.ChatAsync(other, "Foreign"));
        var file = await SomeConversations.TryUploadAsync(hers.Http, "a.txt", "Hers"u8.ToArray(), path: "/v1/chat/attachments");
        var attachment = (await TestTenant.ReadAsync<JsonElement>(file)).Text("id");

        Assert.That((await his.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "His" }));
        Assert.That((await his.Http.GetAsync($"/v1/chat/{hers.VisitorId}/stream")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await ReplyTests.ErrorsAsync(await his.Http.PostAsJsonAsync("/v1/chat/messages", new { text = "Look", attachment_ids = new[] { attachment } })), Is.EqualTo(new[] { ("/attachment_ids/0", "unknown_attachment") }));
        foreach (var token in new[] { foreign.Token, hers.Token[..^1] + (hers.Token[^1] == 'a' ? 'b' : 'a'), hers.VisitorId, "vt_" })
        {
            his.Http.DefaultRequestHeaders.Remove("Crm-Visitor");
            his.Http.DefaultRequestHeaders.Add("Crm-Visitor", token);
            Assert.That((await his.Http.GetAsync("/v1/chat")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), token);
        }
        foreach (var path in new[] { "/v1/conversations", $"/v1/attachments/{attachment}/file", "/v1/customers" })
            Assert.That((await hers.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        Assert.That((await hers.Http.PostAsJsonAsync("/v1/chat/identities", new { customer = new { email = ThreadingTests.Address() } })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "a page cannot say who its visitor is");
    }

    [Test]
    public async Task Who_claims_somebodys_address_sees_nothing_of_theirs_and_writes_nothing_into_their_past()
    {
        var tenant = await TestTenant.NewAsync();
        var address = ThreadingTests.Address();
        var victim = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = address })).Text("id")!;
        await SomeConversations.SaidAsync(tenant, new { customer_id = victim, channel = "email", text = "My secret" });

        var page = await SomeConversations.ChatAsync(tenant, "Remind me what I wrote?", email: address);
        await SomeConversations.SaidAsync(tenant, new { customer_id = victim, channel = "email", text = "Another secret" });

        Assert.That((await page.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "Remind me what I wrote?" }));
        Assert.That((await SomeConversations.ConversationsAsync(tenant, $"&filter[customer_id][eq]={victim}")).Single().Text("preview"), Is.EqualTo("Another secret"));
        Assert.That(await SomeConversations.ConversationsAsync(tenant), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Who_is_identified_by_the_shops_own_server_goes_on_with_what_is_open_and_sees_all_of_it()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "By e-mail" });
        var identity = await tenant.CreateAsync<JsonElement>("/v1/chat/identities", new { customer_id = said.Text("customer_id") });

        var page = await SomeConversations.ChatAsync(tenant, "And by chat", identityToken: identity.Text("identity_token"));

        Assert.That((await page.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "By e-mail", "And by chat" }));
        Assert.That(await SomeConversations.ConversationsAsync(tenant), Has.Length.EqualTo(1));
        var token = identity.Text("identity_token")!;
        var forged = await page.Http.PostAsJsonAsync("/v1/chat", new { text = "Hi", identity_token = (token[0] == 'A' ? 'B' : 'A') + token[1..] });
        Assert.That((forged.StatusCode, await ReplyTests.CodeAsync(forged)), Is.EqualTo((HttpStatusCode.Forbidden, "identity_token_invalid")));
        var elsewhere = await SomeConversations.ChatAsync(await TestTenant.NewAsync());
        Assert.That((await elsewhere.Http.PostAsJsonAsync("/v1/chat", new { text = "Hi", identity_token = token })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "another tenant's");
    }

    [Test]
    public async Task Agents_see_whether_it_was_proven_who_a_visitor_is()
    {
        var tenant = await TestTenant.NewAsync();
        var address = ThreadingTests.Address();
        await SomeConversations.ChatAsync(tenant, "Tell me my last order", email: address);
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "By e-mail" });
        var identity = await tenant.CreateAsync<JsonElement>("/v1/chat/identities", new { customer_id = said.Text("customer_id") });
        await SomeConversations.ChatAsync(tenant, "And by chat", identityToken: identity.Text("identity_token"));
        var letter = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "Only by e-mail" });

        var all = (await SomeConversations.ConversationsAsync(tenant)).ToDictionary(c => c.Text("id")!);
        var claimed = all.Values.Single(c => c.Text("id") != said.Text("conversation_id") && c.Text("id") != letter.Text("conversation_id")).GetProperty("visitor");
        var overview = await tenant.GetAsync<JsonElement>($"/v1/customers/{all.Values.Single(c => c.GetProperty("visitor").ValueKind == JsonValueKind.Object && !c.GetProperty("visitor").GetProperty("is_verified").GetBoolean()).Text("customer_id")}/360");

        Assert.That((claimed.GetProperty("is_verified").GetBoolean(), claimed.Text("claimed_email")), Is.EqualTo((false, address)));
        var proven = all[said.Text("conversation_id")!].GetProperty("visitor");
        Assert.That((proven.GetProperty("is_verified").GetBoolean(), proven.GetProperty("claimed_email").ValueKind), Is.EqualTo((true, JsonValueKind.Null)));
        Assert.That(all[letter.Text("conversation_id")!].GetProperty("visitor").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(overview.GetProperty("identities")[0].GetProperty("is_verified").GetBoolean(), Is.False);
        Assert.That(await ThreadingTests.EventsAsync(tenant, "conversation.message_received"), Is.Not.Empty);
    }

    [Test]
    public async Task An_answer_in_a_chat_that_nobody_is_in_waits_until_the_customer_comes()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "chat", text = "From elsewhere" });
        var conversation = said.Text("conversation_id")!;

        var reply = await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Hello?" });
        var other = await SomeConversations.ReplyAsync(tenant, conversation, new { text = "By your own program?" });
        await ReportAsync("sent");
        var told = await ReportAsync("delivered");
        var late = await ReportAsync("sent");
        var identity = await tenant.CreateAsync<JsonElement>("/v1/chat/identities", new { customer_id = said.Text("customer_id") });
        var page = await SomeConversations.ChatAsync(tenant, "Here I am", identityToken: identity.Text("identity_token"));

        Assert.That((reply.GetProperty("delivery").Text("state"), reply.GetProperty("delivery").Text("code")), Is.EqualTo(("pending", "no_visitor")));
        Assert.That(late.GetProperty("delivery").Text("state"), Is.EqualTo("delivered"), "what is further along stays");
        Assert.That((told.GetProperty("delivery").Text("state"), told.GetProperty("delivery").GetProperty("code").ValueKind), Is.EqualTo(("delivered", JsonValueKind.Null)));
        var shown = (await SomeConversations.EntriesAsync(tenant, conversation)).Single(e => e.Text("id") == reply.Text("id")).GetProperty("delivery");
        Assert.That((shown.Text("state"), shown.GetProperty("code").ValueKind), Is.EqualTo(("sent", JsonValueKind.Null)));
        Assert.That((await page.MessagesAsync()).Select(m => m.Text("text")), Does.Contain("Hello?"));

        Task<JsonElement> ReportAsync(string state) => tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/entries/{other.Text("id")}/delivery", new { state });
    }

    [Test]
    public async Task Who_claimed_an_address_before_its_owner_came_reads_nothing_that_the_owner_is_told()
    {
        var tenant = await TestTenant.NewAsync();
        var address = ThreadingTests.Address();
        var stranger = await SomeConversations.ChatAsync(tenant, "I am Ada", email: address);
        var identity = await tenant.CreateAsync<JsonElement>("/v1/chat/identities", new { customer = new { email = address } });

        var ada = await SomeConversations.ChatAsync(tenant, "Where is my refund?", identityToken: identity.Text("identity_token"));
        Assert.That((await ada.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "Where is my refund?" }));
        await stranger.SayAsync(new { text = "Still there?" });
        var hers = (await SomeConversations.ConversationsAsync(tenant)).Single(c => c.Text("preview") == "Where is my refund?").Text("id")!;
        await SomeConversations.ReplyAsync(tenant, hers, new { text = "On its way to your account." });

        Assert.That((await ada.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "Where is my refund?", "On its way to your account." }));
        Assert.That((await stranger.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "I am Ada", "Still there?" }));
    }

    [Test]
    public async Task When_it_is_known_who_a_visitor_is_the_chat_becomes_that_customers()
    {
        var tenant = await TestTenant.NewAsync();
        var page = await SomeConversations.ChatAsync(tenant, "Hello?", anonymousId: "v-1");
        var made = (await SomeConversations.ConversationsAsync(tenant)).Single().Text("customer_id")!;
        var known = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = ThreadingTests.Address() })).Text("id")!;

        await tenant.CreateAsync<JsonElement>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = known });
        await TestApi.RunJobsAsync();

        Assert.That((await SomeConversations.ConversationsAsync(tenant)).Single().Text("customer_id"), Is.EqualTo(known));
        Assert.That((await tenant.Http.GetAsync($"/v1/customers/{made}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "who was made for the chat is not needed any more");
        await page.SayAsync(new { text = "Still here." });
        Assert.That((await page.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "Hello?", "Still here." }));
        var next = await SomeConversations.ChatAsync(tenant, "And again", anonymousId: "v-1");
        Assert.That(await SomeConversations.ConversationsAsync(tenant, $"&filter[customer_id][eq]={known}"), Has.Length.EqualTo(2));
        Assert.That(await next.MessagesAsync(), Has.Length.EqualTo(1), "but a page only says so: it sees what is said in its own chat");
    }

    [Test]
    public async Task A_ticket_goes_with_its_chat_when_it_is_known_whose_it_is()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        var tenant = bench.Tenant;
        var ada = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = address })).Text("id")!;
        await SomeConversations.ChatAsync(tenant, "My kettle leaks", email: address);
        var byMail = await OpenForAsync("My kettle leaks");
        await SomeConversations.ChatAsync(tenant, "And my mill", anonymousId: "v-1");
        var byProgram = await OpenForAsync("And my mill");
        await tenant.Http.PatchAsJsonAsync($"/v1/tickets/{byProgram}", new { category = "closed" });

        await SomeConversations.MailAsync(bench, address, "I go on by e-mail.", "q1@mail.example");
        await tenant.CreateAsync<JsonElement>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada });
        await TestApi.RunJobsAsync();

        foreach (var ticket in new[] { byMail, byProgram })
            Assert.That((await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket}")).Text("customer_id"), Is.EqualTo(ada));
        Assert.That((await tenant.GetAsync<JsonElement>($"/v1/customers/{ada}/tickets")).GetProperty("data").GetArrayLength(), Is.EqualTo(2), "and what came by e-mail opened no other");

        async Task<string> OpenForAsync(string preview)
        {
            var chat = (await SomeConversations.ConversationsAsync(tenant)).Single(c => c.Text("preview") == preview);
            return (await tenant.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = chat.Text("customer_id"), conversation_id = chat.Text("id"), subject = preview })).Text("id")!;
        }
    }

    [Test]
    public async Task What_was_split_from_a_chat_is_not_answered_where_its_visitor_reads_nothing()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        var tenant = bench.Tenant;
        var page = await SomeConversations.ChatAsync(tenant, "My kettle leaks");
        await page.SayAsync(new { text = "And where is my invoice?" });
        var chat = (await SomeConversations.ConversationsAsync(tenant)).Single();
        var ticket = await tenant.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = chat.Text("customer_id"), conversation_id = chat.Text("id"), subject = "Kettle" });
        var asked = (await SomeConversations.EntriesAsync(tenant, chat.Text("id")!)).Single(e => e.Text("text") == "And where is my invoice?");
        var split = await tenant.CreateAsync<JsonElement>($"/v1/tickets/{ticket.Text("id")}/split", new { entry_ids = new[] { asked.Text("id") }, subject = "Invoice" });

        var nowhere = await tenant.Http.PostAsJsonAsync($"/v1/tickets/{split.Text("id")}/replies", new { text = "Here it is." });
        Assert.That(await ReplyTests.ErrorsAsync(nowhere), Is.EqualTo(new[] { ("/channel", "chats_elsewhere") }));
        await tenant.CreateAsync<JsonElement>($"/v1/customers/{chat.Text("customer_id")}/identities", new { kind = "email", value = address });
        var byMail = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync($"/v1/tickets/{split.Text("id")}/replies", new { text = "Here it is." }));
        Assert.That(byMail.GetProperty("entry").Text("channel"), Is.EqualTo("email"));
        await SomeConversations.ReplyAsync(tenant, chat.Text("id")!, new { text = "A new seal is on its way." });
        Assert.That((await page.MessagesAsync()).Select(m => m.Text("text")), Is.EqualTo(new[] { "My kettle leaks", "A new seal is on its way." }));
    }

    [Test]
    public async Task Whoever_says_too_much_is_asked_to_wait()
    {
        var tenant = await TestTenant.NewAsync();
        var page = await SomeConversations.ChatAsync(tenant);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => page.Http.PostAsJsonAsync("/v1/chat/messages", new { text = $"{i}" })));

        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.That((answers.Count(a => a.StatusCode == HttpStatusCode.Created), refused.Headers.RetryAfter), Is.EqualTo((30, refused.Headers.RetryAfter)).Using<(int, object?)>((a, b) => a.Item1 is >= 30 and <= 34 && a.Item2 is not null));
        Assert.That(JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("violated-policies")[0].GetString(), Is.EqualTo("chat_messages"));
    }

    [Test]
    public async Task A_page_follows_its_chat_by_a_ticket_and_sees_no_note()
    {
        var tenant = await TestTenant.NewAsync();
        var page = await SomeConversations.ChatAsync(tenant);
        var conversation = (await SomeConversations.ConversationsAsync(tenant)).Single().Text("id")!;
        var url = (await TestTenant.ReadAsync<JsonElement>(await page.Http.PostAsJsonAsync("/v1/chat/stream_ticket", new { }))).Text("url")!;
        await using var stream = await EventReader.OpenAsync(TestApi.NewClient(), new Uri(url).PathAndQuery);
        await stream.NextAsync("ready");

        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/notes", new { text = "Inside." });
        await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Outside." });
        var entry = await stream.NextAsync("entry");

        Assert.That((entry.Data.Text("text"), entry.Id), Is.EqualTo(("Outside.", "3")));
        Assert.That((await TestApi.NewClient().GetAsync(new Uri(url).PathAndQuery)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "once");
    }

    [Test]
    public async Task A_visitors_file_reaches_the_agent_and_the_visitor_by_a_link()
    {
        var tenant = await TestTenant.NewAsync();
        var page = await SomeConversations.ChatAsync(tenant);
        var file = (await TestTenant.ReadAsync<JsonElement>(await SomeConversations.TryUploadAsync(page.Http, "a.txt", "Look"u8.ToArray(), path: "/v1/chat/attachments"))).Text("id");

        var said = await page.SayAsync(new { text = "", attachment_ids = new[] { file } });

        Assert.That(await (await TestApi.NewClient().GetAsync(new Uri(said.GetProperty("attachments")[0].Text("url")!).PathAndQuery)).Content.ReadAsStringAsync(), Is.EqualTo("Look"));
        Assert.That((await tenant.Http.GetAsync($"/v1/attachments/{file}/file")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
