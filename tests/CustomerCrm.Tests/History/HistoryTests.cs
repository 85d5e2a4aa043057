using System.Net;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.History;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.History;

public class HistoryTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_change_is_told_field_by_field_with_who_made_it()
    {
        var ana = await AnaAsync();

        await PatchAsync($"/v1/customers/{ana.Id}", """{"last_name":"Simić","city":null}""");

        var history = await HistoryAsync(ana.Id);
        var me = (await acme.GetAsync<JsonElement>("/v1/me")).GetProperty("api_key");
        Assert.That(history.Select(h => (h.Resource, h.Field, h.From?.GetString(), h.To?.GetString(), h.Revision)), Is.EquivalentTo(new (string, string, string?, string?, int)[]
        {
            ("customer", "name", "Ana Petrova", "Ana Simić", 2),
            ("customer", "last_name", "Petrova", "Simić", 2),
            ("customer", "city", "Wien", null, 2),
        }));
        Assert.That(history.Select(h => h.ChangedBy), Is.All.EqualTo(new ChangedBy { Kind = ActorKind.ApiKey, Id = me.GetProperty("id").GetString(), Name = me.GetProperty("name").GetString()! }));
        Assert.That(history.Select(h => h.RecordId), Is.All.EqualTo(ana.Id.ToString()));
    }

    [Test]
    public async Task A_customer_that_nobody_changed_has_no_history_and_one_that_is_not_there_none_either()
    {
        var ana = await AnaAsync();
        await PatchAsync($"/v1/customers/{ana.Id}", """{"city":"Wien"}""");

        Assert.That(await HistoryAsync(ana.Id), Is.Empty);
        Assert.That((await acme.Http.GetAsync($"/v1/customers/{Id<Customer>.New()}/history")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_field_of_the_tenants_own_is_told_by_its_name()
    {
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = "size", label = "Size", type = "number" });
        var ana = await AnaAsync();

        await PatchAsync($"/v1/customers/{ana.Id}", """{"custom_fields":{"size":42}}""");
        var clash = await Problem.OfAsync(await PatchAsync($"/v1/customers/{ana.Id}", """{"custom_fields":{"size":43}}""", "\"r1\""));

        Assert.That((await HistoryAsync(ana.Id)).Select(h => (h.Field, h.From?.GetInt32(), h.To?.GetInt32())), Is.EqualTo(new (string, int?, int?)[] { ("custom_fields.size", null, 42) }));
        Assert.That(clash.Document.GetProperty("overlapping_fields")[0].GetString(), Is.EqualTo("custom_fields.size"));
    }

    [Test]
    public async Task Another_primary_address_changes_the_customers_email()
    {
        var ana = await AnaAsync();

        var added = await acme.CreateAsync<JsonElement>($"/v1/customers/{ana.Id}/identities", new { kind = "email", value = "ana@home.example", is_primary = true });
        await acme.Http.DeleteAsync($"/v1/identities/{added.GetProperty("id").GetString()}");

        var emails = await HistoryAsync(ana.Id, "filter[field][eq]=email");
        var values = await HistoryAsync(ana.Id, "filter[resource][eq]=identity&filter[field][eq]=value");
        Assert.That(emails.OrderBy(h => h.Revision).Select(h => (h.From?.GetString(), h.To?.GetString())), Is.EqualTo(new (string?, string?)[]
        {
            ("ana@work.example", "ana@home.example"), ("ana@home.example", "ana@work.example"),
        }));
        Assert.That(values.Select(h => (h.From?.GetString(), h.To?.GetString())), Is.EquivalentTo(new (string?, string?)[] { (null, "ana@home.example"), ("ana@home.example", null) }));
    }

    [Test]
    public async Task An_order_and_an_interaction_are_part_of_their_customers_history()
    {
        var ana = await AnaAsync();
        var order = await acme.CreateAsync<JsonElement>("/v1/orders/", new { customer_id = ana.Id, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        var call = await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = ana.Id, channel = "phone", direction = "inbound" });

        await PatchAsync($"/v1/orders/{order.GetProperty("id").GetString()}", """{"payment_status":"paid","shipping_minor":490}""");
        await PatchAsync($"/v1/interactions/{call.GetProperty("id").GetString()}", """{"outcome":"resolved"}""");

        Assert.That((await HistoryAsync(ana.Id)).Select(h => $"{h.Resource}.{h.Field}: {h.From} → {h.To}"), Is.EquivalentTo(new[]
        {
            "order.payment_status: pending → paid", "order.shipping_minor: 0 → 490", "interaction.outcome:  → resolved",
        }));
    }

    [Test]
    public async Task An_order_that_moves_is_told_to_both_customers()
    {
        var (ana, ben) = (await AnaAsync(), await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" }));
        var order = await Some.OrderAsync(acme, ana.Id);

        await PatchAsync($"/v1/orders/{order.Id}", $$"""{"customer_id":"{{ben.Id}}"}""");

        foreach (var customer in new[] { ana, ben })
            Assert.That((await HistoryAsync(customer.Id)).Select(h => (h.Field, h.From?.GetString(), h.To?.GetString())), Is.EqualTo(new[] { ("customer_id", ana.Id.ToString(), ben.Id.ToString()) }));
    }

    [Test]
    public async Task Who_comes_second_hears_what_others_changed_and_whether_it_is_theirs_too()
    {
        var ana = await AnaAsync();
        await PatchAsync($"/v1/customers/{ana.Id}", """{"city":"Graz"}""");
        await PatchAsync($"/v1/customers/{ana.Id}", """{"city":"Linz","company":"Acme"}""");

        var clash = await Problem.OfAsync(await PatchAsync($"/v1/customers/{ana.Id}", """{"city":"Wels","language":"de"}""", "\"r1\""));
        var other = await Problem.OfAsync(await PatchAsync($"/v1/customers/{ana.Id}", """{"language":"de"}""", "\"r2\""));
        var again = await PatchAsync($"/v1/customers/{ana.Id}", """{"language":"de"}""", other.Document.GetProperty("current_etag").GetString());

        Assert.That((clash.Status, clash.Code), Is.EqualTo((HttpStatusCode.PreconditionFailed, "precondition_failed")));
        Assert.That(clash.Document.GetProperty("changed_fields").EnumerateArray().Select(f => (f.GetProperty("field").GetString(), f.GetProperty("revision").GetInt32())), Is.EquivalentTo(new[] { ("city", 3), ("company", 3) }));
        Assert.That(clash.Document.GetProperty("changed_fields")[0].GetProperty("changed_by").GetProperty("kind").GetString(), Is.EqualTo("api_key"));
        Assert.That(clash.Document.GetProperty("overlapping_fields").EnumerateArray().Select(f => f.GetString()), Is.EqualTo(new[] { "city" }));
        Assert.That(other.Document.GetProperty("overlapping_fields").GetArrayLength(), Is.Zero);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("\"r9\"")]
    [TestCase("W/\"r1\"")]
    [TestCase("nonsense")]
    public async Task A_tag_that_never_was_names_no_fields(string tag)
    {
        var ana = await AnaAsync();

        var problem = await Problem.OfAsync(await PatchAsync($"/v1/customers/{ana.Id}", """{"city":"Graz"}""", tag));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(problem.Document.TryGetProperty("changed_fields", out _), Is.False);
    }

    private Task<Customer> AnaAsync() => acme.CreateAsync<Customer>("/v1/customers", new { first_name = "Ana", last_name = "Petrova", city = "Wien", email = "ana@work.example" });

    private async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(Id<Customer> id, string query = "") =>
        (await acme.GetAsync<Page<HistoryEntry>>($"/v1/customers/{id}/history?{query}")).Data;

    private Task<HttpResponseMessage> PatchAsync(string path, string body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return acme.Http.SendAsync(request);
    }
}
