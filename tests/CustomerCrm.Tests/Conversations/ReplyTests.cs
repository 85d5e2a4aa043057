using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.ProviderCallbacks;

namespace CustomerCrm.Tests.Conversations;

public class ReplyTests
{
    [Test]
    public async Task An_answer_by_email_leaves_through_the_policy_and_says_how_far_it_has_come()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        await SomeConversations.MailAsync(bench, address, "Question", "q1@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;

        var reply = await SomeConversations.ReplyAsync(bench.Tenant, conversation, new { text = "An answer." });
        Assert.That(reply.GetProperty("delivery").Text("state"), Is.EqualTo("pending"));
        await TestApi.RunJobsAsync();

        var entry = (await SomeConversations.EntriesAsync(bench.Tenant, conversation))[^1];
        Assert.That((entry.GetProperty("delivery").Text("state"), entry.Text("author_name")), Is.EqualTo(("sent", "Full access")));
        Assert.That(SomeConversations.SentBy(bench).Single().GetProperty("personalizations")[0].GetProperty("to")[0].Text("email"), Is.EqualTo(address));
    }

    [Test]
    public async Task An_answer_to_a_suppressed_address_is_refused_and_seen_to_be()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        await SomeConversations.MailAsync(bench, address, "Question", "q1@mail.example");
        await bench.Tenant.CreateAsync<JsonElement>("/v1/suppressions", new { channel = "email", address });
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;

        var reply = await SomeConversations.ReplyAsync(bench.Tenant, conversation, new { text = "An answer." });
        await TestApi.RunJobsAsync();

        Assert.That((reply.GetProperty("delivery").Text("state"), reply.GetProperty("delivery").Text("code")), Is.EqualTo(("refused", "suppression")));
        Assert.That(SomeConversations.SentBy(bench), Is.Empty);
    }

    [Test]
    public async Task What_the_channel_does_not_take_is_refused_and_changes_nothing()
    {
        var tenant = await TestTenant.NewAsync();
        var own = await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social", max_text_length = 10, max_attachments = 1, max_attachment_bytes = 8, attachment_types = new[] { "image/png" }, reply_window_hours = 24 });
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel_id = own.Text("id"), text = "Hi" });
        var conversation = said.Text("conversation_id")!;
        var pdf = await SomeConversations.UploadAsync(tenant, "a.pdf", "%PDF-1.7 and more"u8.ToArray());

        var tooLong = await tenant.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/replies", new { text = "Eleven char", attachment_ids = new[] { pdf, pdf } });

        Assert.That(tooLong.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await ErrorsAsync(tooLong), Is.EqualTo(new[] { ("/attachment_ids/1", "attachment_used") }), "the files are looked at first");
        var wrongFile = await tenant.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/replies", new { text = "Eleven char", attachment_ids = new[] { pdf } });
        Assert.That(await ErrorsAsync(wrongFile), Is.EqualTo(new[] { ("/text", "too_long"), ("/attachment_ids/0", "attachment_too_large"), ("/attachment_ids/0", "attachment_type") }));
        Assert.That(await SomeConversations.EntriesAsync(tenant, conversation), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task After_the_window_only_another_channel_answers()
    {
        var tenant = await TestTenant.NewAsync();
        var own = await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social", reply_window_hours = 24 });
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel_id = own.Text("id"), text = "Hi", occurred_at = TestApi.Clock.GetUtcNow().AddHours(-25) });
        var conversation = said.Text("conversation_id")!;

        var late = await tenant.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/replies", new { text = "Hello" });
        Assert.That((late.StatusCode, await CodeAsync(late)), Is.EqualTo((HttpStatusCode.Conflict, "reply_window_closed")));

        var byEmail = await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Hello", channel = "email" });
        await SomeConversations.SaidAsync(tenant, new { customer_id = byEmail.Text("customer_id"), channel_id = own.Text("id"), text = "Still there?" });
        var again = await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Yes", channel_id = own.Text("id") });
        Assert.That((byEmail.Text("channel"), again.GetProperty("delivery").Text("state")), Is.EqualTo(("email", "pending")));
    }

    [Test]
    public async Task Whoever_carries_a_channel_says_what_became_of_an_answer_in_any_order()
    {
        var tenant = await TestTenant.NewAsync();
        var own = await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social" });
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel_id = own.Text("id"), text = "Hi" });
        var reply = await SomeConversations.ReplyAsync(tenant, said.Text("conversation_id")!, new { text = "Hello" });
        var path = $"/v1/conversations/{said.Text("conversation_id")}/entries/{reply.Text("id")}/delivery";

        await tenant.CreateAsync<JsonElement>(path, new { state = "delivered" });
        var late = await tenant.CreateAsync<JsonElement>(path, new { state = "sent" });
        var wrong = await tenant.Http.PostAsJsonAsync($"/v1/conversations/{said.Text("conversation_id")}/entries/{said.Text("id")}/delivery", new { state = "sent" });

        Assert.That(late.GetProperty("delivery").Text("state"), Is.EqualTo("delivered"));
        Assert.That(await CodeAsync(wrong), Is.EqualTo("not_carried"));
        Assert.That(await ThreadingTests.EventsAsync(tenant, "conversation.delivery_changed"), Has.Length.EqualTo(1));
    }

    [TestCase("failed", ExpectedResult = "failed")]
    [TestCase("failed sent", ExpectedResult = "failed")]
    [TestCase("read failed sent", ExpectedResult = "failed")]
    [TestCase("failed sent delivered", ExpectedResult = "delivered")]
    public async Task<string?> A_failure_is_not_undone_by_a_report_that_comes_late(string reports)
    {
        var tenant = await TestTenant.NewAsync();
        var own = await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social" });
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel_id = own.Text("id"), text = "Hi" });
        var reply = await SomeConversations.ReplyAsync(tenant, said.Text("conversation_id")!, new { text = "Hello" });
        foreach (var state in reports.Split(' ')) reply = await tenant.CreateAsync<JsonElement>($"/v1/conversations/{said.Text("conversation_id")}/entries/{reply.Text("id")}/delivery", new { state });
        return reply.GetProperty("delivery").Text("state");
    }

    [Test]
    public async Task Nothing_but_spaces_is_no_answer()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "Hi" });

        var refused = await tenant.Http.PostAsJsonAsync($"/v1/conversations/{said.Text("conversation_id")}/replies", new { text = " \n" });

        Assert.That((await Problem.OfAsync(refused)).Errors, Is.EqualTo(new[] { ("/text", "required") }));
        Assert.That(await SomeConversations.EntriesAsync(tenant, said.Text("conversation_id")!), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Fifty_identical_answers_at_once_are_one()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "Hi" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversations/{said.Text("conversation_id")}/replies") { Content = JsonContent.Create(new { text = "Once" }) };
            request.Headers.Add("Idempotency-Key", "the-same");
            return tenant.Http.SendAsync(request);
        }));

        Assert.That(answers.Count(a => a.StatusCode is HttpStatusCode.Created), Is.GreaterThan(0));
        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await SomeConversations.EntriesAsync(tenant, said.Text("conversation_id")!), Has.Length.EqualTo(2));
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_agents_who_answer_at_once_are_all_heard_in_one_order()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Hi" });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SomeConversations.ReplyAsync(tenant, said.Text("conversation_id")!, new { text = $"Answer {i}", channel = "phone" })));

        var entries = await SomeConversations.EntriesAsync(tenant, said.Text("conversation_id")!);
        Assert.That(entries.Select(e => e.GetProperty("number").GetInt32()), Is.EqualTo(Enumerable.Range(1, 51)));
        Assert.That(entries.Select(e => e.Text("text")).Distinct().Count(), Is.EqualTo(51));
    }

    [Test]
    public async Task What_was_said_elsewhere_is_loaded_quietly_and_sent_to_nobody()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "Hi" });
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversations/{said.Text("conversation_id")}/replies") { Content = JsonContent.Create(new { text = "Answered long ago", source = "zendesk", external_id = "c-1" }) };
        request.Headers.Add("Crm-Quiet", "true");

        var loaded = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.SendAsync(request));

        Assert.That(loaded.Text("delivery"), Is.Null);
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Who_is_named_in_a_note_finds_it_until_they_have_read_it()
    {
        var tenant = await TestTenant.NewAsync();
        var (writer, named) = (await tenant.UserAsync(Role.Agent), await tenant.UserAsync(Role.Agent));
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "email", text = "Hi" });
        var conversation = said.Text("conversation_id")!;

        var note = await TestTenant.ReadAsync<JsonElement>(await writer.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/notes", new { text = $"What do you think, @{named.Id}?" }));

        Assert.That(note.GetProperty("mentions").EnumerateArray().Select(m => m.GetString()), Is.EqualTo(new[] { named.Id }));
        var waiting = (await TestTenant.ReadAsync<JsonElement>(await named.Http.GetAsync("/v1/conversations/mentions?mine=true&unseen=true"))).GetProperty("data");
        Assert.That((waiting.GetArrayLength(), waiting[0].Text("author_name"), waiting[0].Text("entry_id")), Is.EqualTo((1, "Ada Lovelace", note.Text("id"))));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(await writer.Http.GetAsync("/v1/conversations/mentions?mine=true"))).GetProperty("data").GetArrayLength(), Is.Zero);
        await TestTenant.ReadAsync<JsonElement>(await named.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/read", new { }));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(await named.Http.GetAsync("/v1/conversations/mentions?mine=true&unseen=true"))).GetProperty("data").GetArrayLength(), Is.Zero);
        var nobody = await writer.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/notes", new { text = "And you?", mentions = new[] { "usr_00000000000000000000000000" } });
        Assert.That(await ErrorsAsync(nobody), Is.EqualTo(new[] { ("/mentions/0", "unknown_user") }));
    }

    [Test]
    public async Task Everybody_has_read_as_far_as_they_have()
    {
        var tenant = await TestTenant.NewAsync();
        var (ada, ben) = (await tenant.UserAsync(Role.Agent), await tenant.UserAsync(Role.Agent));
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Hi" });
        var conversation = said.Text("conversation_id")!;
        await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Hello", channel = "phone" }, ada.Http);

        var hers = await TestTenant.ReadAsync<JsonElement>(await ada.Http.GetAsync($"/v1/conversations/{conversation}"));
        var his = await TestTenant.ReadAsync<JsonElement>(await ben.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/read", new { number = 1 }));
        await ben.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/read", new { number = 1 });

        Assert.That((hers.GetProperty("read_number").GetInt32(), his.GetProperty("read_number").GetInt32()), Is.EqualTo((2, 1)));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(await ada.Http.GetAsync("/v1/conversations?unread=true"))).GetProperty("data").GetArrayLength(), Is.Zero);
        Assert.That((await TestTenant.ReadAsync<JsonElement>(await ben.Http.GetAsync("/v1/conversations?unread=true"))).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await tenant.GetAsync<JsonElement>($"/v1/conversations/{conversation}/reads")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
        Assert.That((await tenant.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/read", new { })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "a key reads nothing");
        Assert.That((await tenant.Http.GetAsync("/v1/conversations?mine=true")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_conversation_is_handed_on_closed_and_opened_by_what_the_customer_says_next()
    {
        var tenant = await TestTenant.NewAsync();
        var agent = await tenant.UserAsync(Role.Agent);
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Hi" });
        var conversation = said.Text("conversation_id")!;

        await PatchAsync(tenant, conversation, new { assignee_id = agent.Id });
        await PatchAsync(tenant, conversation, new { state = "closed" });
        var mine = (await TestTenant.ReadAsync<JsonElement>(await agent.Http.GetAsync("/v1/conversations?mine=true&filter[state][eq]=closed"))).GetProperty("data");
        await SomeConversations.SaidAsync(tenant, new { customer_id = said.Text("customer_id"), channel = "chat", text = "One more thing" });

        Assert.That(mine.GetArrayLength(), Is.EqualTo(1));
        var now = await tenant.GetAsync<JsonElement>($"/v1/conversations/{conversation}");
        Assert.That((now.Text("state"), now.Text("assignee_id"), now.Text("closed_at"), now.GetProperty("reopen_count").GetInt32(), now.Text("preview")), Is.EqualTo(("open", agent.Id, (string?)null, 1, "One more thing")));
        Assert.That((await SomeConversations.EntriesAsync(tenant, conversation)).Select(e => e.Text("what") ?? e.Text("text")), Is.EqualTo(new[] { "Hi", "assigned", "closed", "One more thing", "reopened" }));
        Assert.That(await ThreadingTests.EventsAsync(tenant, "conversation.reopened"), Has.Length.EqualTo(1));
        var stale = new HttpRequestMessage(HttpMethod.Patch, $"/v1/conversations/{conversation}") { Content = JsonContent.Create(new { subject = "Late" }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");
        Assert.That((await tenant.Http.SendAsync(stale)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    internal static async Task<JsonElement> PatchAsync(TestTenant tenant, string conversation, object change) =>
        await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PatchAsJsonAsync($"/v1/conversations/{conversation}", change, StrictJson.Options));

    internal static async Task<string?> CodeAsync(HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync()).Text("code");

    internal static async Task<(string?, string?)[]> ErrorsAsync(HttpResponseMessage response) =>
        [.. JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("errors").EnumerateArray().Select(e => (e.Text("pointer"), e.Text("code")))];
}
