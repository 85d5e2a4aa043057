using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CustomerCrm.Tests.CustomFields;

public class CustomFieldValueTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [TestCase("text", "\"Straße 1, Šibenik\"", "\"Straße 1, Šibenik\"")]
    [TestCase("number", "-12.50", "-12.5")]
    [TestCase("number", "1e3", "1000")]
    [TestCase("number", "999999999999.999999", "999999999999.999999")]
    [TestCase("number", "1.50000000000000000000000000000000000000", "1.5")]
    [TestCase("number", "15000e-9", "0.000015")]
    [TestCase("number", "-0.0000012e1", "-0.000012")]
    [TestCase("number", "0.00000000", "0")]
    [TestCase("money", "125000", "125000")]
    [TestCase("date", "\"2028-02-29\"", "\"2028-02-29\"")]
    [TestCase("boolean", "false", "false")]
    public async Task A_value_is_shown_as_it_was_set(string type, string sent, string shown)
    {
        await acme.FieldAsync("x", type);

        var created = await TestTenant.ReadAsync<JsonElement>(await PostAsync("/v1/customers", $$$"""{"name":"Ana","custom_fields":{"x":{{{sent}}}}}"""));

        Assert.That(created.Own(), Is.EqualTo($$"""{"x":{{shown}}}"""));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{created.Id()}")).Own(), Is.EqualTo(created.Own()));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data")[0].Own(), Is.EqualTo(created.Own()));
    }

    [TestCase("text", "5")]
    [TestCase("text", "\"\"")]
    [TestCase("text", "\"  \"")]
    [TestCase("number", "\"5\"")]
    [TestCase("number", "1000000000001")]
    [TestCase("number", "1e400")]
    [TestCase("number", "0.0000001")]
    [TestCase("number", "1e-300")]
    [TestCase("number", "1e-99999999999")]
    [TestCase("number", "1.0000000000000000000000000000001")]
    [TestCase("number", "1000000000000.0000000000000000000000001")]
    [TestCase("money", "1.0000000000000000000000000000001")]
    [TestCase("money", "12.5")]
    [TestCase("date", "\"2027-02-29\"")]
    [TestCase("date", "\"01/02/2030\"")]
    [TestCase("boolean", "\"true\"")]
    [TestCase("boolean", "[true]")]
    [TestCase("text", "{\"a\":1}")]
    public async Task A_value_of_another_type_is_refused_by_its_pointer(string type, string sent)
    {
        await acme.FieldAsync("x", type);

        var problem = await Problem.OfAsync(await PostAsync("/v1/customers", $$$"""{"name":"Ana","custom_fields":{"x":{{{sent}}}}}"""));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/custom_fields/x" })));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_text_of_a_thousand_characters_is_taken_and_one_more_is_not()
    {
        await acme.FieldAsync("x", "text");

        var just = await acme.CustomerAsync("Just", new { x = new string('ä', 1000) });
        var over = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/customers", new { name = "Over", custom_fields = new { x = new string('ä', 1001) } }));

        Assert.That(over.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await acme.NamesAsync($"filter[custom_fields.x][starts_with]={Uri.EscapeDataString(new string('Ä', 100))}"), Is.EqualTo(new[] { just.GetProperty("name").GetString() }));
    }

    [Test]
    public async Task A_field_that_is_not_there_is_refused_and_so_is_a_value_of_another_tenants_field()
    {
        await (await TestTenant.NewAsync()).FieldAsync("theirs", "text");

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/customers", new { name = "Ana", custom_fields = new Dictionary<string, string> { ["theirs"] = "x", ["a/b"] = "y" } }));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/custom_fields/theirs", "/custom_fields/a~1b" })));
    }

    [Test]
    public async Task A_change_is_a_merge_patch()
    {
        foreach (var name in new[] { "a", "b", "c" }) await acme.FieldAsync(name, "text");
        var ana = await acme.CustomerAsync("Ana", new { a = "1", b = "2" });

        var merged = await PatchAsync(ana, new { custom_fields = new Dictionary<string, string?> { ["a"] = null, ["c"] = "3" } });
        var untouched = await PatchAsync(ana, new { city = "Graz" });
        var same = await PatchAsync(ana, new { custom_fields = new { b = "2" } });
        var cleared = await PatchAsync(ana, new { custom_fields = (object?)null });

        Assert.That(merged.Own(), Is.EqualTo("""{"b":"2","c":"3"}"""));
        Assert.That(untouched.Own(), Is.EqualTo(merged.Own()));
        Assert.That(same.GetProperty("revision").GetInt32(), Is.EqualTo(untouched.GetProperty("revision").GetInt32()));
        Assert.That(cleared.Own(), Is.EqualTo("{}"));
        Assert.That(await acme.NamesAsync("filter[custom_fields.b][is_set]=true"), Is.Empty);
    }

    [Test]
    public async Task An_upsert_and_a_batch_take_values_and_the_event_shows_them()
    {
        await acme.FieldAsync("tier", "text");
        var path = "/v1/customers/by-external-id/shop/1";

        await acme.Http.PutAsJsonAsync(path, new { name = "Ana", custom_fields = new { tier = "gold" } });
        await acme.Http.PutAsJsonAsync(path, new { city = "Graz" });
        var batch = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync("/v1/customers/batch", new { items = new object[] { new { name = "Bo", custom_fields = new { tier = 5 } }, new { name = "Cy", custom_fields = new { tier = "silver" } } } }));

        Assert.That((await acme.GetAsync<JsonElement>(path)).Own(), Is.EqualTo("""{"tier":"gold"}"""));
        var results = batch.GetProperty("results");
        Assert.That(results[0].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/custom_fields/tier"));
        Assert.That(results[1].GetProperty("data").Own(), Is.EqualTo("""{"tier":"silver"}"""));
        var created = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().First(e => e.GetProperty("type").GetString() == "customer.created");
        Assert.That(created.GetProperty("data").Own(), Is.EqualTo("""{"tier":"gold"}"""));
    }

    [Test]
    public async Task A_reference_is_to_something_of_the_tenants_own()
    {
        await acme.FieldAsync("referred_by", "reference", referencesTo: "customers");
        var ana = await acme.CustomerAsync("Ana", new { });
        var stranger = await (await TestTenant.NewAsync()).CustomerAsync("Stranger", new { });

        var referred = await acme.CustomerAsync("Bo", new { referred_by = ana.Id() });
        var foreign = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/customers", new { custom_fields = new { referred_by = stranger.Id() } }));
        var nothing = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/customers", new { custom_fields = new { referred_by = "ord_01hpv7x5k8e2mv9q3tq5y6n7r4" } }));

        Assert.That(referred.Own(), Is.EqualTo($$"""{"referred_by":"{{ana.Id()}}"}"""));
        Assert.That((foreign.Status, foreign.Pointers, nothing.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/custom_fields/referred_by" }, HttpStatusCode.UnprocessableEntity)));
        Assert.That(await acme.NamesAsync($"filter[custom_fields.referred_by][eq]={ana.Id()}"), Is.EqualTo(new[] { "Bo" }));
    }

    [Test]
    public async Task Orders_and_interactions_have_fields_of_their_own()
    {
        await acme.FieldAsync("gift", "boolean", "orders");
        await acme.FieldAsync("mood", "number", "interactions");
        var ana = await acme.CustomerAsync("Ana", new { });
        var lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } };

        var order = await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = ana.Id(), lines, custom_fields = new { gift = true } });
        await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/1", new { customer_id = ana.Id(), lines, custom_fields = new { gift = false } });
        await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/1", new { lines });
        var call = await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = ana.Id(), channel = "phone", direction = "inbound", custom_fields = new { mood = 4 } });
        var changedCall = await TestTenant.ReadAsync<JsonElement>(await acme.PatchAsync($"/v1/interactions/{call.Id()}", new { custom_fields = new { mood = 5 } }));
        var changedOrder = await TestTenant.ReadAsync<JsonElement>(await acme.PatchAsync($"/v1/orders/{order.Id()}", new { custom_fields = new { gift = (bool?)null } }));

        Assert.That((order.Own(), changedOrder.Own(), changedCall.Own()), Is.EqualTo(("""{"gift":true}""", "{}", """{"mood":5}""")));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/shop/1")).Own(), Is.EqualTo("""{"gift":false}"""));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders?filter[custom_fields.gift][eq]=false&sort=custom_fields.gift")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/interactions?filter[custom_fields.mood][gt]=4&sort=-custom_fields.mood")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_order_with_a_wrong_value_creates_no_customer()
    {
        await acme.FieldAsync("gift", "boolean", "orders");
        await acme.FieldAsync("tier", "text");
        var lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } };

        var ofOrder = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/orders", new { customer = new { email = "ana@example.com" }, lines, custom_fields = new { gift = "yes" } }));
        var ofCustomer = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/orders", new { customer = new { email = "ana@example.com", custom_fields = new { tier = 1 } }, lines }));

        Assert.That((ofOrder.Pointers, ofCustomer.Pointers), Is.EqualTo((new[] { "/custom_fields/gift" }, new[] { "/customer/custom_fields/tier" })));
        Assert.That(await acme.NamesAsync("sort=name"), Is.Empty);
    }

    [Test]
    public async Task A_record_has_a_value_of_each_of_many_fields_and_is_found_by_each()
    {
        const int many = 23;
        for (var n = 0; n < many; n++) await acme.FieldAsync($"f{n}", "number");

        var ana = await acme.CustomerAsync("Ana", Enumerable.Range(0, many).ToDictionary(n => $"f{n}", n => n));
        await PatchAsync(ana, new { custom_fields = Enumerable.Range(0, many - 1).ToDictionary(n => $"f{n}", n => n + 100) });

        for (var n = 0; n < many; n++)
            Assert.That(await acme.NamesAsync($"filter[custom_fields.f{n}][eq]={(n < many - 1 ? n + 100 : n)}"), Is.EqualTo(new[] { "Ana" }), $"f{n}");
    }

    private async Task<JsonElement> PatchAsync(JsonElement customer, object body) => await TestTenant.ReadAsync<JsonElement>(await acme.PatchAsync($"/v1/customers/{customer.Id()}", body));

    private Task<HttpResponseMessage> PostAsync(string path, string body) => acme.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
