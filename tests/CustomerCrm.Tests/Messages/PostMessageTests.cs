using System.Net;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Overview;

namespace CustomerCrm.Tests.Messages;

public class PostMessageTests
{
    private TestTenant acme = null!;
    private Customer ada = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ada = await SomeMessages.CustomerAsync(acme);
    }

    [Test]
    public async Task A_message_is_taken_and_leaves()
    {
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Transactional(ada.Id));
        await TestApi.RunJobsAsync();

        var sent = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}");
        Assert.That((posted.Text("state"), posted.Text("to"), posted.Text("title")), Is.EqualTo(("queued", ada.Email, "Receipt")));
        Assert.That((sent.Text("state"), sent.Text("provider"), sent.GetProperty("sent_at").GetDateTimeOffset()), Is.EqualTo(("sent", "mailbox", TestApi.Clock.GetUtcNow())));
        Assert.That(await Mailbox.OfAsync(ada.Email!), Is.EqualTo(new[] { "Thank you." }));
        var events = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.Text("type")).Where(t => t.StartsWith("message.", StringComparison.Ordinal));
        Assert.That(events, Is.EquivalentTo(new[] { "message.queued", "message.sent" }));
    }

    [Test]
    public async Task A_text_message_goes_to_the_phone()
    {
        await SomeMessages.PostAsync(acme, SomeMessages.Transactional(ada.Id, "sms"));

        Assert.That(await Mailbox.OfAsync(ada.Phone!), Is.EqualTo(new[] { "Thank you." }));
    }

    [Test]
    public async Task Marketing_without_consent_is_refused_and_says_why()
    {
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));
        await TestApi.RunJobsAsync();

        var why = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/explanation");
        Assert.That((posted.Text("state"), posted.Text("code")), Is.EqualTo(("refused", "consent")));
        Assert.That(why.Text("summary"), Does.Contain("consent").And.Contain("never agreed"));
        Assert.That(Rules(why.GetProperty("at_the_door")), Is.SupersetOf(new[] { "address", "test_recipient", "suppression", "consent", "quiet_hours", "minimum_gap", "daily_limit", "cap:day", "cap:week", "most_deferral" }));
        Assert.That(why.GetProperty("attempts").GetArrayLength(), Is.Zero);
        Assert.That(await Mailbox.OfAsync(ada.Email!), Is.Empty);
    }

    [Test]
    public async Task Marketing_always_says_where_to_say_no()
    {
        await SomeMessages.SayAsync(acme, ada.Id);

        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));

        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content");
        var headers = content.GetProperty("headers");
        Assert.That(posted.Text("state"), Is.EqualTo("queued"));
        Assert.That(content.Text("html"), Does.Contain("/unsubscribe/").And.Contain("/preferences/"));
        Assert.That(content.Text("text"), Does.Contain("Unsubscribe: http").And.Contain("https://shop.example.com/tea"));
        Assert.That(headers.Text("List-Unsubscribe"), Does.Match("^<http.*/unsubscribe/.+>$"));
        Assert.That(headers.Text("List-Unsubscribe-Post"), Is.EqualTo("List-Unsubscribe=One-Click"));
    }

    [Test]
    public async Task Quiet_hours_are_those_of_the_customers_own_clock()
    {
        var inCalifornia = await SomeMessages.CustomerAsync(acme, timeZone: "America/Los_Angeles"); // 1:00 there
        await SomeMessages.SayAsync(acme, inCalifornia.Id);

        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(inCalifornia.Id));
        await TestApi.RunJobsAsync();

        Assert.That((posted.Text("state"), posted.Text("code")), Is.EqualTo(("deferred", "quiet_hours")));
        Assert.That(posted.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2030, 1, 15, 16, 0, 0, TimeSpan.Zero)));
        Assert.That(await SomeMessages.StateAsync(acme, posted), Is.EqualTo("deferred"));
        Assert.That(await Mailbox.OfAsync(inCalifornia.Email!), Is.Empty);
    }

    [Test]
    public async Task What_is_put_off_can_be_taken_back()
    {
        var posted = await DeferredAsync();

        var cancelled = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/messages/{posted.Id()}/cancellation", null));
        var refused = await SomeMessages.PostAsync(acme, SomeMessages.Marketing((await SomeMessages.CustomerAsync(acme)).Id));
        var late = await acme.Http.PostAsync($"/v1/messages/{refused.Id()}/cancellation", null);

        Assert.That(cancelled.Text("state"), Is.EqualTo("cancelled"));
        Assert.That((await Problem.OfAsync(late)).Code, Is.EqualTo("message_not_open"));
    }

    [Test]
    public async Task Content_can_be_erased_and_then_nothing_leaves()
    {
        var posted = await DeferredAsync();

        var erased = await acme.Http.DeleteAsync($"/v1/messages/{posted.Id()}/content");

        var message = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}");
        Assert.That(erased.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((message.Text("state"), message.GetProperty("title").ValueKind), Is.EqualTo(("cancelled", JsonValueKind.Null)));
        Assert.That((await acme.Http.GetAsync($"/v1/messages/{posted.Id()}/content")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_message_cannot_be_sent_quietly()
    {
        var answer = await SomeMessages.TryPostAsync(acme, SomeMessages.Transactional(ada.Id), isQuiet: true);

        Assert.That((await Problem.OfAsync(answer)).Code, Is.EqualTo("quiet_refused"));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_message_needs_an_idempotency_key_and_a_repeat_is_the_same_message()
    {
        var without = await acme.Http.PostAsync("/v1/messages", System.Net.Http.Json.JsonContent.Create(SomeMessages.Transactional(ada.Id)));
        var key = Guid.NewGuid().ToString();

        var (one, other) = (await WithKeyAsync(key), await WithKeyAsync(key));

        Assert.That((await Problem.OfAsync(without)).Code, Is.EqualTo("idempotency_key_required"));
        Assert.That(one.Id(), Is.EqualTo(other.Id()));
    }

    [Test]
    public async Task An_address_that_is_a_customers_is_that_customers()
    {
        var posted = await SomeMessages.PostAsync(acme, new { to = ada.Email!.ToUpperInvariant(), channel = "email", purpose = "transactional", content = new { subject = "Hello", text = "There." } });
        var nobodys = await SomeMessages.PostAsync(acme, new { to = "nobody@example.org", channel = "email", purpose = "transactional", content = new { subject = "Hello", text = "There." } });
        var marketing = await SomeMessages.TryPostAsync(acme, new { to = "nobody@example.org", channel = "email", purpose = "marketing", content = new { subject = "Hello", text = "There." } });
        var anothers = await SomeMessages.TryPostAsync(acme, new { customer_id = ada.Id.ToString(), to = "nobody@example.org", channel = "email", purpose = "service", content = new { subject = "Hello", text = "There." } });

        Assert.That(posted.Text("customer_id"), Is.EqualTo(ada.Id.ToString()));
        Assert.That(nobodys.GetProperty("customer_id").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await Problem.OfAsync(marketing)).Pointers, Is.EqualTo(new[] { "/customer_id" }));
        Assert.That((await Problem.OfAsync(anothers)).Pointers, Is.EqualTo(new[] { "/to" }));
    }

    [Test]
    public async Task Test_data_is_sent_to_listed_addresses_only()
    {
        var body = new { to = "dev@example.com", channel = "email", purpose = "transactional", content = new { subject = "Hello", text = "There." } };

        var refused = await TestTenant.ReadAsync<JsonElement>(await SomeMessages.TryPostAsync(acme, body, acme.TestHttp));
        await acme.TestHttp.PatchAsync("/v1/contact_policy", System.Net.Http.Json.JsonContent.Create(new { test_recipients = new[] { "Dev@Example.com" } }));
        var taken = await TestTenant.ReadAsync<JsonElement>(await SomeMessages.TryPostAsync(acme, body, acme.TestHttp));

        Assert.That((refused.Text("state"), refused.Text("code")), Is.EqualTo(("refused", "test_recipient")));
        Assert.That(taken.Text("state"), Is.EqualTo("queued"));
    }

    [Test]
    public async Task Messages_stand_with_the_customer()
    {
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));

        var listed = await acme.GetAsync<JsonElement>($"/v1/customers/{ada.Id}/messages?filter[state][in]=refused,sent");
        var timeline = await acme.GetAsync<JsonElement>($"/v1/customers/{ada.Id}/timeline?filter[kind][eq]=message");
        var view = await acme.GetAsync<CustomerOverview>($"/v1/customers/{ada.Id}/360");

        Assert.That(listed.GetProperty("data")[0].Id(), Is.EqualTo(posted.Id()));
        var entry = timeline.GetProperty("data")[0];
        Assert.That((entry.Id(), entry.Text("channel"), entry.Text("outcome"), entry.Text("title")), Is.EqualTo((posted.Id(), "email", "refused", "News")));
        Assert.That(view.Messages.Single().Id.ToString(), Is.EqualTo(posted.Id()));
    }

    [Test]
    public async Task What_was_to_leave_goes_into_the_bin_with_the_customer_and_comes_back()
    {
        var posted = await DeferredAsync();

        await acme.Http.DeleteAsync($"/v1/customers/{ada.Id}");
        var gone = await acme.Http.GetAsync($"/v1/messages/{posted.Id()}");
        var bin = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].Id();
        await acme.Http.PostAsync($"/v1/recycle_bin/{bin}/restore", System.Net.Http.Json.JsonContent.Create(new { }));

        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await SomeMessages.StateAsync(acme, posted), Is.EqualTo("deferred"));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content")).Text("subject"), Is.EqualTo("News"));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/jobs?filter[kind][eq]=send_message")).GetProperty("data").GetArrayLength(), Is.GreaterThan(0));
    }

    // Whatever the clock says: until the holiday is over.
    private async Task<JsonElement> DeferredAsync()
    {
        await SomeMessages.PatchPolicyAsync(acme, new { holidays = new[] { new { date = "2030-01-15", name = "Founders' day" } } });
        await SomeMessages.SayAsync(acme, ada.Id);
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));
        Assert.That(posted.Text("state"), Is.EqualTo("deferred"));
        return posted;
    }

    private async Task<JsonElement> WithKeyAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = System.Net.Http.Json.JsonContent.Create(SomeMessages.Transactional(ada.Id)) };
        request.Headers.Add("Idempotency-Key", key);
        return await TestTenant.ReadAsync<JsonElement>(await acme.Http.SendAsync(request));
    }

    private static string[] Rules(JsonElement decision) => [.. decision.GetProperty("rules").EnumerateArray().Select(r => r.Text("name"))];
}
