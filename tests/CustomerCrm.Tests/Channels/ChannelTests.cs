using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Conversations;

namespace CustomerCrm.Tests.Channels;

public class ChannelTests
{
    [Test]
    public async Task The_usual_channels_are_there_and_can_be_changed_but_not_deleted()
    {
        var (tenant, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var channels = (await tenant.GetAsync<JsonElement>("/v1/channels")).GetProperty("data").EnumerateArray().ToArray();
        var sms = channels.Single(c => c.Text("kind") == "sms").Text("id")!;

        var changed = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PatchAsJsonAsync($"/v1/channels/{sms}", new { max_text_length = 160 }));
        var again = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PatchAsJsonAsync($"/v1/channels/{sms}", new { max_text_length = 320 }));

        Assert.That(channels.Select(c => (c.Text("kind"), c.Text("carrier"))), Is.EqualTo(new[] { ("email", "provider"), ("phone", "nobody"), ("chat", "page"), ("sms", "provider"), ("social", "nobody"), ("in_person", "nobody"), ("web", "nobody"), ("self_service", "nobody") }));
        Assert.That((changed.GetProperty("max_text_length").GetInt32(), again.GetProperty("max_text_length").GetInt32(), again.GetProperty("revision").GetInt32()), Is.EqualTo((160, 320, 2)));
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/channels")).GetProperty("data").GetArrayLength(), Is.EqualTo(8));
        Assert.That((await other.GetAsync<JsonElement>($"/v1/channels/{sms}")).GetProperty("max_text_length").GetInt32(), Is.EqualTo(1600), "another tenant's is as it was");
        Assert.That(await ReplyTests.CodeAsync(await tenant.Http.DeleteAsync($"/v1/channels/{sms}")), Is.EqualTo("built_in_channel"));
    }

    [Test]
    public async Task A_name_is_taken_once_and_what_cannot_be_is_named()
    {
        var tenant = await TestTenant.NewAsync();
        await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social" });

        Assert.That(await ReplyTests.CodeAsync(await tenant.Http.PostAsJsonAsync("/v1/channels", new { name = "whatsapp ", kind = "social" })), Is.EqualTo("channel_exists"));
        Assert.That(await ReplyTests.CodeAsync(await tenant.Http.PostAsJsonAsync("/v1/channels", new { name = "E-MAIL", kind = "social" })), Is.EqualTo("channel_exists"));
        Assert.That(await ReplyTests.ErrorsAsync(await tenant.Http.PostAsJsonAsync("/v1/channels", new { name = "Fax", kind = "social", attachment_types = new[] { "text/html" } })), Is.EqualTo(new[] { ("/attachment_types/0", "unknown_type") }));
        Assert.That(await ReplyTests.ErrorsAsync(await tenant.Http.PatchAsJsonAsync($"/v1/channels/{ThreadingTests.EmailChannel}", new { address = "nowhere" })), Is.EqualTo(new[] { ("/address", "email_invalid") }));
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/channels")).GetProperty("data").GetArrayLength(), Is.EqualTo(9));
    }

    [Test]
    public async Task On_a_channel_that_is_switched_off_nothing_is_taken_in()
    {
        var tenant = await TestTenant.NewAsync();
        var own = (await tenant.CreateAsync<JsonElement>("/v1/channels", new { name = "WhatsApp", kind = "social" })).Text("id")!;
        await tenant.Http.PatchAsJsonAsync($"/v1/channels/{own}", new { is_enabled = false });

        var refused = await tenant.Http.PostAsJsonAsync("/v1/conversations/messages", new { customer = new { email = ThreadingTests.Address() }, channel_id = own, text = "Hi" });

        Assert.That((refused.StatusCode, await ReplyTests.ErrorsAsync(refused)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { ("/channel", "channel_disabled") })).Using<(HttpStatusCode, (string?, string?)[])>((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)));
        Assert.That(await SomeConversations.ConversationsAsync(tenant), Is.Empty);
    }
}
