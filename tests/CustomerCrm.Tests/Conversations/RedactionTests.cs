using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.ProviderCallbacks;
using CustomerCrm.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Conversations;

public class RedactionTests
{
    private const string Secret = "4111-1111-1111-1111";

    [Test]
    public async Task What_a_customer_said_is_gone_wherever_it_stood()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        var tenant = bench.Tenant;
        await tenant.CreateAsync<JsonElement>("/v1/automation_rules", new { name = "Tag", definition = new { events = new[] { "conversation.message_received" }, mode = "suggest", actions = new[] { new { @do = "tag_customer", with = new { names = new[] { "asked" } } } } } });
        await SomeConversations.MailAsync(bench, address, $"My parrot is {Secret}", "q1@mail.example", subject: $"Card {Secret}");
        var conversation = (await SomeConversations.ConversationsAsync(tenant)).Single().Text("id")!;
        var entry = (await SomeConversations.EntriesAsync(tenant, conversation)).Single();
        await SomeConversations.ReplyAsync(tenant, conversation, new { text = "We see." });
        await tenant.Http.PatchAsJsonAsync($"/v1/interactions/{entry.Text("interaction_id")}", new { body = $"My parrot is {Secret}." });
        await TestApi.RunJobsAsync();
        Assert.That(await WhereAsync(tenant), Is.SupersetOf(new[] { "Interactions", "FieldChanges", "Events", "SearchDocuments", "AutomationFirings", "Conversations", "Messages", "MessageContents" }), "it stands in all of these first");

        Assert.That((await tenant.GetAsync<JsonElement>("/v1/search?q=parrot")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));

        var redacted = await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/entries/{entry.Text("id")}/redaction", new { reason = "A card number." });
        await TestApi.RunJobsAsync();

        Assert.That((redacted.Text("text"), redacted.Text("subject"), redacted.Text("redacted_by")), Is.EqualTo(((string?)null, (string?)null, "Full access")));
        Assert.That(await WhereAsync(tenant), Is.Empty);
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/search?q=parrot")).GetProperty("data").GetArrayLength(), Is.Zero);
        Assert.That((await SomeConversations.EntriesAsync(tenant, conversation))[1].Text("text"), Is.EqualTo("We see."));
        Assert.That((await SomeConversations.EntriesAsync(tenant, conversation)).Select(e => e.Text("what") ?? e.Text("author")), Is.EqualTo(new[] { "customer", "agent", "redacted" }), "that something was said stays");
    }

    [Test]
    public async Task What_an_agent_said_is_gone_from_the_message_the_kept_answer_and_the_file_store()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        var tenant = bench.Tenant;
        await SomeConversations.MailAsync(bench, address, "Question", "q1@mail.example");
        var conversation = (await SomeConversations.ConversationsAsync(tenant)).Single().Text("id")!;
        var file = await SomeConversations.UploadAsync(tenant, $"{Secret}.txt", Encoding.UTF8.GetBytes(Secret));
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversations/{conversation}/replies") { Content = JsonContent.Create(new { text = $"Is it {Secret}?", attachment_ids = new[] { file } }) };
        request.Headers.Add("Idempotency-Key", "reply-1");
        var reply = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.SendAsync(request));
        Assert.That(await WhereAsync(tenant), Is.SupersetOf(new[] { "Interactions", "Events", "MessageContents", "IdempotencyRecords", "Attachments" }));

        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/entries/{reply.Text("id")}/redaction", new { });
        await TestApi.RunJobsAsync();

        Assert.That(await WhereAsync(tenant), Is.Empty);
        Assert.That(SomeConversations.SentBy(bench), Is.Empty, "what had not left does not leave");
        await tenant.WithScopeAsync(services =>
        {
            Assert.That(services.GetRequiredService<IFileStore>().Has(file), Is.False);
            return Task.CompletedTask;
        });
        Assert.That((await tenant.Http.GetAsync($"/v1/attachments/{file}/file")).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        var again = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversations/{conversation}/replies") { Content = JsonContent.Create(new { text = $"Is it {Secret}?", attachment_ids = new[] { file } }) };
        again.Headers.Add("Idempotency-Key", "reply-1");
        var replay = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.SendAsync(again));
        Assert.That((replay.Text("id"), replay.Text("text")), Is.EqualTo((reply.Text("id"), (string?)null)), "a repeat does nothing twice, and says no word");
    }

    [Test]
    public async Task A_note_and_what_is_in_the_bin_are_redacted_too_and_doing_it_twice_does_no_harm()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = Secret });
        var note = await tenant.CreateAsync<JsonElement>($"/v1/conversations/{said.Text("conversation_id")}/notes", new { text = $"Parrot {Secret}" });
        await tenant.Http.DeleteAsync($"/v1/interactions/{said.Text("interaction_id")}");
        Assert.That((await SomeConversations.EntriesAsync(tenant, said.Text("conversation_id")!))[0].Text("text"), Is.Null, "its interaction is in the bin");

        await TestApi.RunJobsAsync();
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/search?q=parrot")).GetProperty("data").EnumerateArray().Select(hit => (hit.Text("kind"), hit.Text("id"))), Is.EqualTo(new[] { ("conversation_note", note.Text("id")) }), "what people note down is found");

        foreach (var entry in new[] { said, note, note }) await tenant.CreateAsync<JsonElement>($"/v1/conversations/{said.Text("conversation_id")}/entries/{entry.Text("id")}/redaction", new { });
        await TestApi.RunJobsAsync();

        Assert.That(await WhereAsync(tenant), Is.Empty);
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task What_a_ticket_is_called_by_it_and_what_another_was_told_of_it_is_gone_too()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        var tenant = bench.Tenant;
        await tenant.Http.PatchAsJsonAsync("/v1/tickets/settings", new { opens_from_email = true });
        await SomeConversations.MailAsync(bench, address, $"My card is {Secret}\r\nPlease help.", "q1@mail.example", subject: "");
        var ticket = (await tenant.GetAsync<JsonElement>("/v1/tickets")).GetProperty("data")[0];
        Assert.That(ticket.Text("subject"), Is.EqualTo($"My card is {Secret}"));
        var other = await tenant.CreateAsync<JsonElement>("/v1/tickets", new { customer = new { email = ThreadingTests.Address() }, subject = "The same", message = new { text = "I ask for them." } });
        await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync($"/v1/tickets/{ticket.Text("id")}/merge", new { into_id = other.Text("id") }));
        await SomeConversations.MailAsync(bench, address, $"Again: {Secret}", "q2@mail.example", references: "<q1@mail.example>", subject: "");
        await TestApi.RunJobsAsync();
        Assert.That(await WhereAsync(tenant), Is.SupersetOf(new[] { "Tickets", "ConversationEntries", "Events", "SearchDocuments" }), "it stands in all of these first");

        foreach (var entry in (await SomeConversations.EntriesAsync(tenant, ticket.Text("conversation_id")!)).Where(e => e.Text("author") == "customer"))
            await tenant.CreateAsync<JsonElement>($"/v1/conversations/{ticket.Text("conversation_id")}/entries/{entry.Text("id")}/redaction", new { reason = "A card number." });
        await TestApi.RunJobsAsync();

        Assert.That((await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket.Text("id")}")).Text("subject"), Is.EqualTo("[redacted]"));
        Assert.That((await SomeConversations.EntriesAsync(tenant, other.Text("conversation_id")!)).Count(e => e.Text("redacted_by") is not null), Is.GreaterThanOrEqualTo(1));
        Assert.That(await WhereAsync(tenant), Is.Empty);
    }

    [Test]
    public async Task What_a_bot_has_learnt_from_it_and_told_people_is_gone_too()
    {
        var tenant = await TestTenant.NewAsync();
        var flow = new
        {
            locale = "en",
            intents = new[] { new { name = "pay", phrases = new[] { "pay my bill" }, step = "ask" } },
            slots = new[] { new { name = "card", type = "text" } },
            steps = new object[] { new { name = "ask", @do = "ask", slot = "card", say = new { en = "Which card?" }, next = "person" }, new { name = "person", @do = "hand_over" } },
        };
        var bot = await tenant.CreateAsync<JsonElement>("/v1/bots", new { name = "Kim", flow });
        (await tenant.Http.PostAsJsonAsync($"/v1/bots/{bot.Text("id")}/publication", new { })).EnsureSuccessStatusCode();
        var page = await SomeConversations.ChatAsync(tenant, "pay my bill");
        await TestApi.RunJobsAsync();
        await page.SayAsync(new { text = $"It is {Secret}" });
        await TestApi.RunJobsAsync();
        Assert.That(await WhereAsync(tenant), Is.SupersetOf(new[] { "BotSessions", "BotTurns", "ConversationEntries", "Events" }), "it stands in all of these first");

        var conversation = (await SomeConversations.ConversationsAsync(tenant)).Single().Text("id")!;
        var said = (await SomeConversations.EntriesAsync(tenant, conversation)).Single(e => e.Text("text") == $"It is {Secret}");
        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/entries/{said.Text("id")}/redaction", new { });
        await TestApi.RunJobsAsync();

        Assert.That(await WhereAsync(tenant), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_routing_saw_of_it_is_gone_and_how_it_decided_stays(bool isSplit)
    {
        var tenant = await TestTenant.NewAsync();
        var condition = new { all = new object[] { new { ticket = new { field = "text", op = "contains", value = "card" } }, new { ticket = new { field = "priority", op = "eq", value = "normal" } } } };
        await tenant.CreateAsync<JsonElement>("/v1/routing_rules", new { name = "Cards", definition = new { condition } });
        var ticket = await tenant.CreateAsync<JsonElement>("/v1/tickets", new { customer = new { email = ThreadingTests.Address() }, subject = "Payment", message = new { text = $"My card is {Secret}" } });
        Assert.That(await WhereAsync(tenant), Does.Contain("RoutingDecisions"), "it stands there first");

        var said = (await SomeConversations.EntriesAsync(tenant, ticket.Text("conversation_id")!)).Single().Text("id");
        var where = isSplit ? await tenant.CreateAsync<JsonElement>($"/v1/tickets/{ticket.Text("id")}/split", new { entry_ids = new[] { said }, subject = "Another" }) : ticket;
        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{where.Text("conversation_id")}/entries/{said}/redaction", new { });
        await TestApi.RunJobsAsync();

        Assert.That(await WhereAsync(tenant), Is.Empty);
        var rule = (await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket.Text("id")}/routing")).GetProperty("decisions")[0].GetProperty("details").GetProperty("rules")[0];
        Assert.That((rule.GetProperty("matches").GetBoolean(), string.Join(' ', rule.GetProperty("condition").GetProperty("parts").EnumerateArray().Select(part => part.Text("seen") ?? "forgotten"))), Is.EqualTo((true, "forgotten normal")));
    }

    [Test]
    public async Task The_words_that_told_a_topic_are_gone_and_the_topic_stays()
    {
        var tenant = await TestTenant.NewAsync();
        var ticket = await tenant.CreateAsync<JsonElement>("/v1/tickets", new { customer = new { email = ThreadingTests.Address() }, subject = "Payment", message = new { text = $"My card is {Secret}" } });
        var topic = Id<TicketTopic>.New();
        var evidence = $$"""{"topic_id":"{{topic}}","topics":[],"words":[{"word":"{{Secret}}","weight":1,"tickets":20,"tickets_of_all":20}],"least_likelihood":0.6}""";
        await tenant.WithDbAsync(db => db.ExecuteAsync(InsertRead, new { TicketId = Id<Ticket>.Parse(ticket.Text("id")!), EvidenceText = evidence, Now = TestApi.Clock.GetUtcNow() }, default));

        var said = (await SomeConversations.EntriesAsync(tenant, ticket.Text("conversation_id")!)).Single();
        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{ticket.Text("conversation_id")}/entries/{said.Text("id")}/redaction", new { });
        await TestApi.RunJobsAsync();

        Assert.That(await WhereAsync(tenant), Is.Empty);
        var read = (await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket.Text("id")}/topic")).GetProperty("read");
        Assert.That((read.Text("topic_id"), read.GetProperty("words").GetArrayLength()), Is.EqualTo((topic.ToString(), 0)));
    }

    [TestCase("Handed over by the bot: flow.\nWanted: pay\n\nWhat was said:\nCustomer: my card is 4111", "my card is 4111", ExpectedResult = true)]
    [TestCase("Handed over by the bot: flow.\ncard: 4111 1111\n\nWhat was said:\nCustomer: hello", "it is 4111 1111 thanks", ExpectedResult = true)]
    [TestCase("The customer of ticket #4, which went into this one, has written:\n\ntwo\nlines", "two\nlines", ExpectedResult = true)]
    [TestCase("The customer of ticket #4, which went into this one, has written:\n\nno", "yes", ExpectedResult = false)]
    [TestCase("This ticket went into #5: Where is it?\n\nThe same\n\n/v1/tickets/x", "Something else", ExpectedResult = false)]
    public bool A_note_that_repeats_it_is_known(string note, string said) => CopiedWords.Repeats(note, said);

    [Test]
    public async Task Only_who_may_redact_does_and_events_say_nothing_to_redact()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = Secret });
        await ReplyTests.PatchAsync(tenant, said.Text("conversation_id")!, new { state = "closed" });
        var closed = (await SomeConversations.EntriesAsync(tenant, said.Text("conversation_id")!))[^1];
        var path = $"/v1/conversations/{said.Text("conversation_id")}/entries/";

        Assert.That((await (await tenant.UserAsync(Role.Agent)).Http.PostAsJsonAsync($"{path}{said.Text("id")}/redaction", new { })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await ReplyTests.CodeAsync(await tenant.Http.PostAsJsonAsync($"{path}{closed.Text("id")}/redaction", new { })), Is.EqualTo("nothing_to_redact"));
        Assert.That((await SomeConversations.EntriesAsync(tenant, said.Text("conversation_id")!))[0].Text("text"), Is.EqualTo(Secret));
    }

    private static readonly TenantSql InsertRead = TenantSql.Of("INSERT INTO TicketTopics (TenantId, TicketId, EvidenceText, ReadAt) VALUES (@TenantId, @TicketId, @EvidenceText, @Now)");

    // The tables in which the words stand: of every text and every piece of bytes that the tenant has.
    private static async Task<IReadOnlyList<string>> WhereAsync(TestTenant tenant)
    {
        var found = new List<string>();
        await tenant.WithDbAsync(async db =>
        {
            foreach (var (table, sql) in texts)
                if ((await db.QueryAsync<string>(sql, new { Words = $"%{Secret}%", Digits = "%4111%" }, default)).Count > 0) found.Add(table);
        });
        return found;
    }

    private static readonly (string Table, TenantSql Sql)[] texts =
    [
        ("Interactions", TenantSql.Of("SELECT 'x' FROM Interactions i WHERE i.TenantId = @TenantId AND (i.Body LIKE @Words OR i.Subject LIKE @Words)")),
        ("ConversationEntries", TenantSql.Of("SELECT 'x' FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.Body LIKE @Words")),
        ("Tickets", TenantSql.Of("SELECT 'x' FROM Tickets t WHERE t.TenantId = @TenantId AND t.Subject LIKE @Words")),
        ("BotSessions", TenantSql.Of("SELECT 'x' FROM BotSessions b WHERE b.TenantId = @TenantId AND b.StateText LIKE @Words")),
        ("BotTurns", TenantSql.Of("SELECT 'x' FROM BotTurns b WHERE b.TenantId = @TenantId AND (b.Said LIKE @Words OR b.ExplainedText LIKE @Words)")),
        ("Conversations", TenantSql.Of("SELECT 'x' FROM Conversations c WHERE c.TenantId = @TenantId AND c.Subject LIKE @Words")),
        ("TicketTopics", TenantSql.Of("SELECT 'x' FROM TicketTopics s WHERE s.TenantId = @TenantId AND s.EvidenceText LIKE @Words")),
        ("RoutingDecisions", TenantSql.Of("SELECT 'x' FROM RoutingDecisions d WHERE d.TenantId = @TenantId AND d.Details LIKE @Words")),
        ("FieldChanges", TenantSql.Of("SELECT 'x' FROM FieldChanges f WHERE f.TenantId = @TenantId AND (f.OldValue LIKE @Words OR f.NewValue LIKE @Words)")),
        ("Events", TenantSql.Of("SELECT 'x' FROM Events e WHERE e.TenantId = @TenantId AND e.Data LIKE @Words")),
        ("SearchDocuments", TenantSql.Of("SELECT 'x' FROM SearchDocuments d WHERE d.TenantId = @TenantId AND (d.BodyWords LIKE @Digits OR d.TitleWords LIKE @Digits)")),
        ("AutomationFirings", TenantSql.Of("SELECT 'x' FROM AutomationFirings f WHERE f.TenantId = @TenantId AND (f.EventText LIKE @Words OR f.ConditionText LIKE @Words)")),
        ("Messages", TenantSql.Of("SELECT 'x' FROM Messages m WHERE m.TenantId = @TenantId AND m.Title LIKE @Words")),
        ("MessageContents", TenantSql.Of("SELECT 'x' FROM MessageContents m WHERE m.TenantId = @TenantId AND (m.Text LIKE @Words OR m.Subject LIKE @Words OR m.FilesText LIKE @Words)")),
        ("Attachments", TenantSql.Of("SELECT 'x' FROM Attachments a WHERE a.TenantId = @TenantId AND a.FileName LIKE @Words")),
        ("IdempotencyRecords", TenantSql.Of(
            sqlServer: "SELECT 'x' FROM IdempotencyRecords r WHERE r.TenantId = @TenantId AND CAST(r.Body AS VARCHAR(MAX)) LIKE @Words",
            sqlite: "SELECT 'x' FROM IdempotencyRecords r WHERE r.TenantId = @TenantId AND CAST(r.Body AS TEXT) LIKE @Words")),
        ("Jobs", TenantSql.Of("SELECT 'x' FROM Jobs j WHERE j.TenantId = @TenantId AND j.Payload LIKE @Words")),
    ];
}
