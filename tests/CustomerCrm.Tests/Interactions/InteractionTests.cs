using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Interactions;

public class InteractionTests
{
    private static readonly DateTimeOffset longAgo = new(2019, 5, 4, 12, 30, 0, TimeSpan.Zero), later = longAgo.AddYears(3);
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@example.com" });
    }

    [Test]
    public async Task A_recorded_interaction_can_be_shown_and_says_when_the_customer_was_seen()
    {
        var response = await PostAsync(Some(longAgo, new { agent = "Mia", subject = "Where is my order?", body = new string('x', 20_000), outcome = "resolved", duration_seconds = 95 }));
        var recorded = await TestTenant.ReadAsync<Interaction>(response);

        var shown = await acme.GetAsync<Interaction>($"/v1/interactions/{recorded.Id}");
        var seen = await CustomerAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"r1\""));
        Assert.That(shown, Is.EqualTo(recorded));
        Assert.That((shown.Channel, shown.Direction, shown.OccurredAt, shown.DurationSeconds), Is.EqualTo((InteractionChannel.InPerson, InteractionDirection.Inbound, longAgo, (int?)95)));
        Assert.That((seen.FirstSeenAt, seen.LastSeenAt, seen.UpdatedAt), Is.EqualTo(((DateTimeOffset?)longAgo, longAgo, ana.UpdatedAt)));
        Assert.That(seen.Revision, Is.EqualTo(ana.Revision + 1));
    }

    [Test]
    public async Task When_a_customer_was_seen_follows_what_is_recorded_changed_and_removed()
    {
        var first = await RecordAsync(Some(longAgo));
        var second = await RecordAsync(Some(later));
        Assert.That(await SeenAsync(), Is.EqualTo(((DateTimeOffset?)longAgo, later)));

        await acme.Http.PatchAsJsonAsync($"/v1/interactions/{second.Id}", new { occurred_at = later.AddYears(1) });
        Assert.That(await SeenAsync(), Is.EqualTo(((DateTimeOffset?)longAgo, later.AddYears(1))));

        await acme.Http.DeleteAsync($"/v1/interactions/{first.Id}");
        Assert.That(await SeenAsync(), Is.EqualTo(((DateTimeOffset?)later.AddYears(1), later.AddYears(1))));

        await acme.Http.DeleteAsync($"/v1/interactions/{second.Id}");
        Assert.That(await SeenAsync(), Is.EqualTo(((DateTimeOffset?)null, ana.CreatedAt)));
    }

    [Test]
    public async Task The_same_external_id_is_recorded_once_even_by_fifty_at_once()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(Some(longAgo, new { source = "Helpdesk", external_id = "T-1" }))));

        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(responses.Count(r => r.StatusCode == HttpStatusCode.OK), Is.EqualTo(49));
        Assert.That((await acme.GetAsync<Page<Interaction>>("/v1/interactions")).Data.Select(i => (i.Source, i.ExternalId)), Is.EqualTo(new[] { ("helpdesk", "T-1") }));
        Assert.That((await CustomerAsync()).Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task An_interaction_may_come_with_its_customer()
    {
        var known = await RecordAsync(new { customer = new { email = "ANA@example.com" }, channel = "chat", direction = "inbound" });
        var unknown = await RecordAsync(new { customer = new { phone = "+49301234567", name = "Ben" }, channel = "phone", direction = "outbound" });

        Assert.That(known.CustomerId, Is.EqualTo(ana.Id));
        Assert.That(known.OccurredAt, Is.EqualTo(TestApi.Clock.GetUtcNow()));
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{unknown.CustomerId}")).Name, Is.EqualTo("Ben"));
    }

    [Test]
    public async Task Another_tenants_customer_answers_like_one_that_does_not_exist()
    {
        var stranger = await (await TestTenant.NewAsync()).CreateAsync<Customer>("/v1/customers", new { name = "Eve" });

        var foreign = await PostAsync(new { customer_id = stranger.Id.ToString(), channel = "chat", direction = "inbound" });
        var missing = await PostAsync(new { customer_id = Id<Customer>.New().ToString(), channel = "chat", direction = "inbound" });

        Assert.That((foreign.StatusCode, missing.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    [TestCase("""{"channel":"chat","direction":"inbound"}""", "/customer_id")]
    [TestCase("""{"customer":{"name":"Ana"},"channel":"chat","direction":"inbound"}""", "/customer")]
    [TestCase("""{"customer":{"email":"x"},"channel":"chat","direction":"inbound"}""", "/customer/email")]
    [TestCase("""{"customer":{"email":"a@example.com"},"direction":"inbound"}""", "/channel")]
    [TestCase("""{"customer":{"email":"a@example.com"},"channel":"chat","direction":"inbound","occurred_at":"2030-01-17T09:00:00Z"}""", "/occurred_at")]
    [TestCase("""{"customer":{"email":"a@example.com"},"channel":"chat","direction":"inbound","external_id":"1"}""", "/external_id")]
    [TestCase("""{"customer":{"email":"a@example.com"},"channel":"chat","direction":"inbound","duration_seconds":-1}""", "/duration_seconds")]
    public async Task What_is_not_acceptable_is_named_and_nothing_is_written(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/interactions", new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.That((problem.Status, string.Join(' ', problem.Pointers)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers")).Data, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_batch_answers_each_item()
    {
        var items = new object[] { Some(longAgo), new { customer_id = Id<Customer>.New().ToString(), channel = "chat", direction = "inbound" }, Some(later, new { source = "crm", external_id = "1" }), Some(later, new { source = "crm", external_id = "1" }), new { channel = "chat" } };

        var response = await acme.Http.PostAsJsonAsync("/v1/interactions/batch", new { items });

        var results = (await TestTenant.ReadAsync<JsonElement>(response)).GetProperty("results").EnumerateArray();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MultiStatus));
        Assert.That(results.Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 404, 201, 200, 422 }));
        Assert.That((await acme.GetAsync<Page<Interaction>>("/v1/interactions")).Data, Has.Count.EqualTo(2));
        Assert.That(await SeenAsync(), Is.EqualTo(((DateTimeOffset?)longAgo, later)));
    }

    [Test]
    public async Task A_list_is_of_one_customer_and_channel_where_that_is_asked_for()
    {
        await RecordAsync(Some(longAgo));
        await RecordAsync(new { customer = new { email = "ben@example.com" }, channel = "chat", direction = "inbound", occurred_at = later });

        var all = await acme.GetAsync<Page<Interaction>>("/v1/interactions");
        var anas = await acme.GetAsync<Page<Interaction>>($"/v1/interactions?filter[customer_id][eq]={ana.Id}");
        var chats = await acme.GetAsync<Page<Interaction>>("/v1/interactions?filter[channel][in]=chat,sms");

        Assert.That(all.Data.Select(i => i.OccurredAt), Is.EqualTo(new[] { later, longAgo }));
        Assert.That(anas.Data.Select(i => i.CustomerId), Is.EqualTo(new[] { ana.Id }));
        Assert.That(chats.Data.Select(i => i.Channel), Is.EqualTo(new[] { InteractionChannel.Chat }));
    }

    [Test]
    public async Task A_patch_changes_what_it_names_and_expects_the_revision_that_was_read()
    {
        var recorded = await RecordAsync(Some(longAgo, new { subject = "Helo", outcome = "open" }));
        var changed = await TestTenant.ReadAsync<Interaction>(await acme.Http.PatchAsJsonAsync($"/v1/interactions/{recorded.Id}", new { subject = "Hello", outcome = (string?)null }));
        var stale = new HttpRequestMessage(HttpMethod.Patch, $"/v1/interactions/{recorded.Id}") { Content = JsonContent.Create(new { subject = "Late" }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");

        var refused = await acme.Http.SendAsync(stale);

        Assert.That((changed.Subject, changed.Outcome, changed.Revision), Is.EqualTo(("Hello", (string?)null, 2)));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    private JsonObject Some(DateTimeOffset at, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["customer_id"] = ana.Id.ToString();
        body["channel"] = "in_person";
        body["direction"] = "inbound";
        body["occurred_at"] = at;
        return body;
    }

    private Task<HttpResponseMessage> PostAsync(object body) => acme.Http.PostAsJsonAsync("/v1/interactions", body);
    private async Task<Interaction> RecordAsync(object body) => await TestTenant.ReadAsync<Interaction>(await PostAsync(body));
    private Task<Customer> CustomerAsync() => acme.GetAsync<Customer>($"/v1/customers/{ana.Id}");

    private async Task<(DateTimeOffset?, DateTimeOffset)> SeenAsync() => await CustomerAsync() is var c ? (c.FirstSeenAt, c.LastSeenAt) : default;
}
