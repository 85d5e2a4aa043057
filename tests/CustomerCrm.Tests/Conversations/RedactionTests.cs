using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.ProviderCallbacks;
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
        ("Conversations", TenantSql.Of("SELECT 'x' FROM Conversations c WHERE c.TenantId = @TenantId AND c.Subject LIKE @Words")),
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
