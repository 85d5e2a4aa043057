using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Conversations;

/// <summary>A conversation goes into the bin, and comes back or does not.</summary>
public class RemovingTests
{
    private TestTenant tenant = null!;
    private string customer = null!, conversation = null!, ticket = null!, file = null!;

    [SetUp]
    public async Task Talk()
    {
        tenant = await TestTenant.NewAsync();
        customer = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = ThreadingTests.Address() })).Text("id")!;
        file = await SomeConversations.UploadAsync(tenant, "receipt.txt", Encoding.UTF8.GetBytes("Paid."));
        conversation = (await SomeConversations.SaidAsync(tenant, new { customer_id = customer, channel = "phone", subject = "Parrot", text = "The parrot is late.", attachment_ids = new[] { file } })).Text("conversation_id")!;
        await SomeConversations.ReplyAsync(tenant, conversation, new { text = "It is on its way.", channel = "phone" });
        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/notes", new { text = "Parrots fly." });
        ticket = (await tenant.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = customer, subject = "Late", conversation_id = conversation })).Text("id")!;
        await TestApi.RunJobsAsync();
    }

    [Test]
    public async Task It_is_gone_with_all_that_was_said_and_its_ticket_says_so()
    {
        var removed = await tenant.Http.DeleteAsync($"/v1/conversations/{conversation}");
        await TestApi.RunJobsAsync();

        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var path in new[] { "", "/entries", "/reads" }) Assert.That((await tenant.Http.GetAsync($"/v1/conversations/{conversation}{path}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        Assert.That((await tenant.Http.DeleteAsync($"/v1/conversations/{conversation}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "twice");
        Assert.That(await CountAsync($"/v1/interactions?filter[customer_id][eq]={customer}"), Is.Zero);
        Assert.That(await CountAsync("/v1/search?q=parrot"), Is.Zero);
        Assert.That(await CountAsync("/v1/tickets?filter[words][match]=parrot"), Is.Zero);
        var left = await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket}");
        Assert.That((left.Text("conversation_id"), left.Text("conversation_removed_at")), Is.EqualTo(((string?)null, "2030-01-15T09:00:00Z")));
        var binned = (await tenant.GetAsync<JsonElement>("/v1/recycle_bin?filter[kind][eq]=conversation")).GetProperty("data")[0];
        Assert.That((binned.Text("record_id"), binned.Text("title"), binned.Text("customer_id")), Is.EqualTo((conversation, "Parrot", customer)));
        Assert.That(binned.GetProperty("contents").EnumerateObject().Select(c => $"{c.Name} {c.Value}"), Is.EquivalentTo(new[] { "entry 3", "interaction 2", "attachment 1" }));
        Assert.That(await EventsAsync("conversation.removed", "interaction.removed"), Is.EqualTo(new[] { "interaction.removed", "interaction.removed", "conversation.removed" }));
    }

    [Test]
    public async Task It_comes_back_whole_to_a_ticket_that_was_changed_meanwhile()
    {
        var before = await EntriesAsync();
        await tenant.Http.DeleteAsync($"/v1/conversations/{conversation}");
        await tenant.Http.PatchAsJsonAsync($"/v1/tickets/{ticket}", new { priority = "high" });
        await TestApi.RunJobsAsync();
        await SweepAsync();

        await RestoreAsync();
        await TestApi.RunJobsAsync();

        Assert.That(await EntriesAsync(), Is.EqualTo(before));
        var shown = await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket}");
        Assert.That((shown.Text("conversation_id"), shown.Text("conversation_removed_at")), Is.EqualTo((conversation, (string?)null)));
        Assert.That(await CountAsync($"/v1/interactions?filter[customer_id][eq]={customer}"), Is.EqualTo(2));
        Assert.That(await CountAsync("/v1/tickets?filter[words][match]=parrot"), Is.EqualTo(1));
        Assert.That(await (await tenant.Http.GetAsync($"/v1/attachments/{file}/file")).Content.ReadAsStringAsync(), Is.EqualTo("Paid."), "the file waited");
        Assert.That(await EventsAsync("conversation.restored", "interaction.restored"), Is.EqualTo(new[] { "interaction.restored", "interaction.restored", "conversation.restored" }));
    }

    [Test]
    public async Task What_is_purged_is_nowhere_any_more()
    {
        await tenant.Http.PatchAsJsonAsync($"/v1/interactions/{(await SomeConversations.EntriesAsync(tenant, conversation))[0].Text("interaction_id")}", new { body = "The parrot is very late." });
        await tenant.Http.DeleteAsync($"/v1/conversations/{conversation}");
        await tenant.Http.DeleteAsync($"/v1/recycle_bin/{await BinIdAsync()}");
        await TestApi.RunJobsAsync();
        await TestApi.RunJobsAsync();

        Assert.That(await HasFileAsync(), Is.False);
        var told = (await tenant.GetAsync<JsonElement>("/v1/events?limit=100")).GetRawText();
        Assert.That((told.Contains("arrot", StringComparison.Ordinal), told.Contains("on its way", StringComparison.Ordinal)), Is.EqualTo((false, false)));
        await tenant.WithDbAsync(async db => Assert.That(await db.QueryAsync<string>(Changes, null, default), Has.None.Contains("arrot")));
        var left = await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket}");
        Assert.That((left.Text("conversation_id"), left.Text("conversation_removed_at")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task What_is_answered_on_a_ticket_without_its_conversation_begins_another()
    {
        await tenant.Http.DeleteAsync($"/v1/conversations/{conversation}");

        var answer = await tenant.CreateAsync<JsonElement>($"/v1/tickets/{ticket}/notes", new { text = "Once more." });

        Assert.That(answer.Text("conversation_id"), Is.Not.EqualTo(conversation));
        Assert.That((await tenant.GetAsync<JsonElement>($"/v1/tickets/{ticket}")).Text("conversation_id"), Is.EqualTo(answer.Text("conversation_id")));
    }

    [Test]
    public async Task What_somebody_wrote_meanwhile_is_not_removed_unseen()
    {
        using var stale = new HttpRequestMessage(HttpMethod.Delete, $"/v1/conversations/{conversation}");
        stale.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");

        Assert.That((await tenant.Http.SendAsync(stale)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await EntriesAsync(), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task It_does_not_come_back_without_its_customer()
    {
        await tenant.Http.DeleteAsync($"/v1/conversations/{conversation}");
        await tenant.Http.DeleteAsync($"/v1/customers/{customer}");

        var refused = await Problem.OfAsync(await tenant.Http.PostAsync($"/v1/recycle_bin/{await BinIdAsync()}/restore", new StringContent("{}", Encoding.UTF8, "application/json")));

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_missing")));
    }

    private async Task<(string?, string?, int)[]> EntriesAsync() =>
        [.. (await SomeConversations.EntriesAsync(tenant, conversation)).Select(e => (e.Text("text"), e.Text("kind"), e.GetProperty("attachments").GetArrayLength()))];

    private async Task<string?> BinIdAsync() => (await tenant.GetAsync<JsonElement>("/v1/recycle_bin?filter[kind][eq]=conversation")).GetProperty("data")[0].Text("id");

    private async Task RestoreAsync() => await tenant.CreateAsync<JsonElement>($"/v1/recycle_bin/{await BinIdAsync()}/restore", new { });

    private async Task<int> CountAsync(string path) => (await tenant.GetAsync<JsonElement>(path)).GetProperty("data").GetArrayLength();

    private async Task<string[]> EventsAsync(params string[] types) => [.. (await tenant.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.Text("type")!).Where(types.Contains)];

    private async Task<bool> HasFileAsync()
    {
        var has = false;
        await tenant.WithScopeAsync(services => Task.FromResult(has = services.GetRequiredService<IFileStore>().Has(file)));
        return has;
    }

    private Task SweepAsync() => tenant.WithScopeAsync(services => new CustomerCrm.Attachments.SweepAttachmentsJob(services.GetRequiredService<TenantDb>(), services.GetRequiredService<IFileStore>(), TestApi.Clock).RunAsync(new(), default));

    private static readonly TenantSql Changes = TenantSql.Of("SELECT CONCAT(h.OldValue, h.NewValue) FROM FieldChanges h WHERE h.TenantId = @TenantId");
}
