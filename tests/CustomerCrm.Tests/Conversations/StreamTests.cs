using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Conversations;

public class StreamTests
{
    [Test]
    public async Task Who_follows_a_conversation_sees_what_comes_who_writes_and_what_is_taken_away()
    {
        var tenant = await TestTenant.NewAsync();
        var agent = await tenant.UserAsync(Role.Agent);
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Hi" });
        var conversation = said.Text("conversation_id")!;
        await using var stream = await EventReader.OpenAsync(agent.Http, $"/v1/conversations/{conversation}/stream");
        Assert.That((await stream.NextAsync("ready")).Id, Is.EqualTo("1"));
        Assert.That((await stream.NextAsync("conversation")).Data.Text("state"), Is.EqualTo("open"));

        await tenant.Http.PostAsJsonAsync($"/v1/conversations/{conversation}/typing", new { is_typing = true });
        var typing = await stream.NextAsync("typing");
        await SomeConversations.ReplyAsync(tenant, conversation, new { text = "Hello", channel = "phone" });
        var entry = await stream.NextAsync("entry");
        await tenant.CreateAsync<JsonElement>($"/v1/conversations/{conversation}/entries/{said.Text("id")}/redaction", new { });
        var redacted = await stream.NextAsync("redacted");

        Assert.That((typing.Data.GetProperty("writers")[0].GetProperty("is_customer").GetBoolean(), typing.Data.GetProperty("writers")[0].Text("name")), Is.EqualTo((false, "Full access")));
        Assert.That((entry.Data.Text("text"), entry.Id), Is.EqualTo(("Hello", "2")));
        Assert.That(redacted.Data.GetProperty("number").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_comes_back_goes_on_where_they_were()
    {
        var tenant = await TestTenant.NewAsync();
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "One" });
        foreach (var text in new[] { "Two", "Three" }) await SomeConversations.SaidAsync(tenant, new { customer_id = said.Text("customer_id"), channel = "phone", text });

        await using var stream = await EventReader.OpenAsync(tenant.Http, $"/v1/conversations/{said.Text("conversation_id")}/stream", lastId: "1");

        Assert.That((await stream.NextAsync("entry")).Data.Text("text"), Is.EqualTo("Two"));
        Assert.That((await stream.NextAsync("entry")).Id, Is.EqualTo("3"));
    }

    [Test]
    public async Task A_ticket_opens_the_stream_once_and_no_other()
    {
        var (tenant, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "One" });
        var elsewhere = await SomeConversations.SaidAsync(other, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Not yours" });
        var url = (await tenant.CreateAsync<JsonElement>($"/v1/conversations/{said.Text("conversation_id")}/stream_ticket", new { })).Text("url")!;
        var path = new Uri(url).PathAndQuery;

        var wrong = await TestApi.NewClient().GetAsync(path.Replace(said.Text("conversation_id")!, elsewhere.Text("conversation_id"), StringComparison.Ordinal));
        await using (var stream = await EventReader.OpenAsync(TestApi.NewClient(), path)) Assert.That((await stream.NextAsync("ready")).Id, Is.EqualTo("1"));
        var again = await TestApi.NewClient().GetAsync(path);

        Assert.That((wrong.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task The_inbox_hears_of_every_conversation_of_its_tenant_alone_and_goes_on_where_it_was()
    {
        var (tenant, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        await using var stream = await EventReader.OpenAsync(tenant.Http, "/v1/conversations/stream");
        var begun = (await stream.NextAsync("ready")).Id;

        await SomeConversations.SaidAsync(other, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Not yours" });
        var said = await SomeConversations.SaidAsync(tenant, new { customer = new { email = ThreadingTests.Address() }, channel = "phone", text = "Yours" });
        var received = await stream.NextAsync("message_received");
        await ReplyTests.PatchAsync(tenant, said.Text("conversation_id")!, new { state = "closed" });
        var closed = await stream.NextAsync("closed");

        Assert.That(received.Data.Text("text"), Is.EqualTo("Yours"));
        Assert.That(closed.Data.Text("preview"), Is.Null, "words stand in the events of entries alone");
        await using var again = await EventReader.OpenAsync(tenant.Http, "/v1/conversations/stream", lastId: begun);
        Assert.That((await again.NextAsync("started")).Data.Text("id"), Is.EqualTo(said.Text("conversation_id")));
        Assert.That((await again.NextAsync("message_received")).Id, Is.EqualTo(received.Id));
    }
}
