using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Products;

namespace CustomerCrm.Tests.Products;

public class ProductTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync(currency: "EUR");

    [Test]
    public async Task A_created_product_can_be_shown_and_is_found_every_way()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/products", new
        {
            name = "Grüner Tee, 250 g", sku = " TEA-250 ", price_minor = 990, categories = new[] { "Tee", "Geschenke", "TEE" }, image_url = "https://shop.example/tee.jpg",
            external_ids = new[] { new { source = "Shopify", id = "gid-1" } },
        });
        var created = await TestTenant.ReadAsync<Product>(response);
        await CreateAsync(new { name = "Kaffee", is_active = false });

        var shown = await acme.GetAsync<Product>($"/v1/products/{created.Id}");

        Assert.That((response.StatusCode, response.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.Created, "\"r1\"")));
        Assert.That(Product.SaySame(shown, created), Is.True);
        Assert.That((shown.Sku, shown.PriceMinor, shown.Currency, shown.IsActive), Is.EqualTo(("TEA-250", (long?)990, "EUR", true)));
        Assert.That(shown.Categories, Is.EqualTo(new[] { "Geschenke", "Tee" }));
        Assert.That((await acme.GetAsync<Product>("/v1/products/by-external-id/shopify/gid-1")).Id, Is.EqualTo(created.Id));
        foreach (var query in new[] { "q=gruner te", "q=tea-2", "q=GRÜN", "filter[sku][eq]=TEA-250", "filter[external_id][eq]=shopify:gid-1", "filter[category][eq]=geschenke", "filter[name][starts_with]=gruner", "filter[is_active][eq]=true", "filter[price_minor][gte]=990" })
            Assert.That((await acme.GetAsync<Page<Product>>($"/v1/products?{query}")).Data.Select(p => p.Id), Is.EqualTo(new[] { created.Id }), query);
        foreach (var query in new[] { "q=ruener", "filter[sku][eq]=tea-250", "filter[category][eq]=Gesch", "filter[price_minor][gt]=990" })
            Assert.That((await acme.GetAsync<Page<Product>>($"/v1/products?{query}")).Data, Is.Empty, query);
    }

    [Test]
    public async Task A_change_leaves_alone_what_it_does_not_say()
    {
        var product = await CreateAsync(new { name = "Tea", sku = "T", price_minor = 100, currency = "USD", categories = new[] { "A", "B" } });

        var changed = await TestTenant.ReadAsync<Product>(await PatchAsync(product, new { categories = new[] { "C" }, is_active = false }));
        var same = await TestTenant.ReadAsync<Product>(await PatchAsync(product, new { is_active = false }));
        var free = await TestTenant.ReadAsync<Product>(await PatchAsync(product, new { sku = (string?)null, price_minor = (long?)null }));
        var late = await PatchAsync(product, new { name = "Green tea" }, ifMatch: "\"r1\"");

        Assert.That((changed.Name, changed.Sku, changed.PriceMinor, changed.Currency, changed.IsActive, changed.Revision), Is.EqualTo(("Tea", "T", (long?)100, "USD", false, 2)));
        Assert.That(changed.Categories, Is.EqualTo(new[] { "C" }));
        Assert.That(same.Revision, Is.EqualTo(2));
        Assert.That((free.Sku, free.PriceMinor, free.Currency), Is.EqualTo(((string?)null, (long?)null, "USD")));
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await CreateAsync(new { name = "Other tea", sku = "T" })).Sku, Is.EqualTo("T"), "what is given up is free");
    }

    [Test]
    public async Task A_currency_that_was_said_is_that_of_the_next_price_too()
    {
        var product = await CreateAsync(new { name = "Tea", currency = "USD" });

        var priced = await ChangedAsync(new { price_minor = 500 });
        var cleared = await ChangedAsync(new { price_minor = (long?)null });
        var pricedAgain = await ChangedAsync(new { price_minor = 600 });
        var inOwn = await ChangedAsync(new { currency = (string?)null });
        var nothing = await ChangedAsync(new { price_minor = (long?)null, currency = (string?)null });

        Assert.That(new[] { product, priced, cleared, pricedAgain, inOwn, nothing }.Select(p => (p.PriceMinor, p.Currency)),
            Is.EqualTo(new (long?, string?)[] { (null, "USD"), (500, "USD"), (null, "USD"), (600, "USD"), (600, "EUR"), (null, null) }));

        async Task<Product> ChangedAsync(object body) => await TestTenant.ReadAsync<Product>(await PatchAsync(product, body));
    }

    [Test]
    public async Task A_shop_states_its_products_in_any_order()
    {
        var noon = TestApi.Clock.GetUtcNow().AddDays(-1);
        var created = await PutAsync("1", new { name = "Tea", sku = "T", source_updated_at = noon });
        var stale = await PutAsync("1", new { name = "Old tea", source_updated_at = noon.AddHours(-1) });
        var newer = await PutAsync("1", new { name = "New tea", source_updated_at = noon.AddHours(1) });
        var taken = await Problem.OfAsync(await PutAsync("2", new { name = "Another", sku = "T" }));
        var bySku = await CreateAsync(new { name = "By hand", sku = "H" });
        var linked = await PutAsync("3", new { name = "From the shop", sku = "H", links_existing = true });

        Assert.That((created.StatusCode, stale.StatusCode, newer.StatusCode, linked.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(((await TestTenant.ReadAsync<Product>(stale)).Name, (await TestTenant.ReadAsync<Product>(newer)).Name), Is.EqualTo(("Tea", "New tea")));
        Assert.That((taken.Code, taken.Document.GetProperty("product_id").GetString()), Is.EqualTo(("product_exists", (await TestTenant.ReadAsync<Product>(created)).Id.ToString())));
        Assert.That((await TestTenant.ReadAsync<Product>(linked)).Id, Is.EqualTo(bySku.Id));
    }

    [Test]
    public async Task In_a_batch_a_bad_item_undoes_nothing()
    {
        object[] items =
        [
            new { source = "shop", external_id = "1", name = "One", sku = "1" }, new { source = "shop", external_id = "2", name = "Two", sku = "1" },
            new { source = "shop", external_id = "3" }, new { source = "shop", external_id = "4", name = "Four", categories = new[] { "!" } }, new { source = "shop", external_id = "1", price_minor = 5 },
        ];

        var answer = await acme.CreateAsync<JsonElement>("/v1/products/batch", new { items });

        var results = answer.GetProperty("results").EnumerateArray().ToArray();
        Assert.That(results.Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 409, 422, 422, 200 }));
        Assert.That(results[1].GetProperty("error").GetProperty("product_id").GetString(), Is.EqualTo(results[0].GetProperty("data").GetProperty("id").GetString()), "as it is told of one");
        Assert.That((await acme.GetAsync<Page<Product>>("/v1/products")).Data.Select(p => (p.Name, p.PriceMinor)), Is.EqualTo(new[] { ("One", (long?)5) }));
    }

    [Test]
    public async Task Fifty_at_once_with_one_sku_make_one_product()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => acme.Http.PostAsJsonAsync("/v1/products", new { name = $"Tea {i}", sku = "TEA" })));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(49));
    }

    [TestCase("""{}""", "/name")]
    [TestCase("""{"name":"A","sku":"   "}""", "/sku")]
    [TestCase("""{"name":"A","price_minor":-1}""", "/price_minor")]
    [TestCase("""{"name":"A","price_minor":1,"currency":"EURO"}""", "/currency")]
    [TestCase("""{"name":"A","categories":["Tea","…"]}""", "/categories/1")]
    [TestCase("""{"name":"A","external_ids":[{"source":"s h o p","id":"1"}]}""", "/external_ids/0/source")]
    [TestCase("""{"name":"A","source_updated_at":"2031-01-01T00:00:00Z"}""", "/source_updated_at")]
    public async Task What_is_not_acceptable_is_refused_by_name(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/products", new StringContent(body, null, "application/json")));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
    }

    private Task<Product> CreateAsync(object body) => acme.CreateAsync<Product>("/v1/products", body);

    private Task<HttpResponseMessage> PutAsync(string id, object body) => acme.Http.PutAsJsonAsync($"/v1/products/by-external-id/shop/{id}", body);

    private Task<HttpResponseMessage> PatchAsync(Product product, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/products/{product.Id}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return acme.Http.SendAsync(request);
    }
}
