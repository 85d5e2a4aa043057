using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Conversations;

public class BinTests
{
    [Test]
    public async Task A_customer_takes_conversations_into_the_bin_and_brings_them_back_whole()
    {
        var tenant = await TestTenant.NewAsync();
        var (customer, conversation, file) = await SomethingAsync(tenant);
        var before = await SomeConversations.EntriesAsync(tenant, conversation);

        await tenant.Http.DeleteAsync($"/v1/customers/{customer}");
        Assert.That(await SomeConversations.ConversationsAsync(tenant), Is.Empty);
        await TestApi.RunJobsAsync();
        await SweepAsync(tenant);
        var bin = (await tenant.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0];
        await tenant.CreateAsync<JsonElement>($"/v1/recycle_bin/{bin.Text("id")}/restore", new { });

        Assert.That((await SomeConversations.EntriesAsync(tenant, conversation)).Select(e => (e.Text("text"), e.GetProperty("attachments").GetArrayLength())), Is.EqualTo(before.Select(e => (e.Text("text"), e.GetProperty("attachments").GetArrayLength()))));
        Assert.That(await (await tenant.Http.GetAsync($"/v1/attachments/{file}/file")).Content.ReadAsStringAsync(), Is.EqualTo("Paid."), "the file waited");
    }

    [Test]
    public async Task A_customer_who_is_purged_takes_the_files_along()
    {
        var tenant = await TestTenant.NewAsync();
        var (customer, _, file) = await SomethingAsync(tenant);

        await tenant.Http.DeleteAsync($"/v1/customers/{customer}");
        var bin = (await tenant.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0];
        await tenant.Http.DeleteAsync($"/v1/recycle_bin/{bin.Text("id")}");
        await TestApi.RunJobsAsync();

        Assert.That(await HasAsync(tenant, file), Is.False);
    }

    [Test]
    public async Task A_conversation_that_is_another_customers_moves_with_all_that_was_said()
    {
        var tenant = await TestTenant.NewAsync();
        var (customer, conversation, _) = await SomethingAsync(tenant);
        var other = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ben", email = ThreadingTests.Address() })).Text("id")!;

        var moved = await ReplyTests.PatchAsync(tenant, conversation, new { customer_id = other });

        Assert.That(moved.Text("customer_id"), Is.EqualTo(other));
        Assert.That(await InteractionsOfAsync(tenant, other), Is.EqualTo(2));
        Assert.That(await InteractionsOfAsync(tenant, customer), Is.Zero);
        Assert.That((await SomeConversations.EntriesAsync(tenant, conversation))[^1].Text("what"), Is.EqualTo("moved"));
        await ReplyTests.PatchAsync(tenant, conversation, new { customer_id = customer });
        Assert.That(await InteractionsOfAsync(tenant, customer), Is.EqualTo(2), "and back");
    }

    [Test]
    public async Task A_file_that_nobody_used_is_forgotten_and_one_that_is_used_stays()
    {
        var tenant = await TestTenant.NewAsync();
        var (_, _, used) = await SomethingAsync(tenant);
        var unused = await SomeConversations.UploadAsync(tenant, "a.txt", "Hello"u8.ToArray());

        await SweepAsync(tenant, TimeSpan.FromDays(2));

        Assert.That((await HasAsync(tenant, used), await HasAsync(tenant, unused)), Is.EqualTo((true, false)));
    }

    private static async Task<(string Customer, string Conversation, string File)> SomethingAsync(TestTenant tenant)
    {
        var customer = (await tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = ThreadingTests.Address() })).Text("id")!;
        var file = await SomeConversations.UploadAsync(tenant, "receipt.txt", Encoding.UTF8.GetBytes("Paid."));
        var said = await SomeConversations.SaidAsync(tenant, new { customer_id = customer, channel = "phone", text = "Here it is.", attachment_ids = new[] { file } });
        var conversation = said.Text("conversation_id")!;
        await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Thank you.", channel = "phone" });
        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/notes", new { text = "Looks right." });
        return (customer, conversation, file);
    }

    private static async Task<int> InteractionsOfAsync(TestTenant tenant, string customer) => (await tenant.GetAsync<JsonElement>($"/v1/interactions?filter[customer_id][eq]={customer}")).GetProperty("data").GetArrayLength();

    private static async Task<bool> HasAsync(TestTenant tenant, string file)
    {
        var has = false;
        await tenant.WithScopeAsync(services =>
        {
            has = services.GetRequiredService<IFileStore>().Has(file);
            return Task.CompletedTask;
        });
        return has;
    }

    private static Task SweepAsync(TestTenant tenant, TimeSpan? later = null) => tenant.WithScopeAsync(services => new CustomerCrm.Attachments.SweepAttachmentsJob(
        services.GetRequiredService<CustomerCrm.Platform.Data.TenantDb>(), services.GetRequiredService<IFileStore>(), new FakeClock(TestApi.Clock.GetUtcNow() + (later ?? TimeSpan.Zero))).RunAsync(new(), default));
}
