using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerCrm.Tests.Storefronts;

public class StorefrontTests
{
    private const string Secret = "shpss_made_up_for_tests";

    private TestTenant acme = null!;
    private string shop = "", url = "";

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        (shop, url) = await ConnectedAsync("shopify");
    }

    [Test]
    public async Task What_is_not_signed_is_not_kept()
    {
        var body = Order(1, "2030-01-10T10:00:00Z");
        foreach (var signature in new[] { null, "", "nonsense", Sign(body + " "), Sign(body, "another secret of the shop") })
            Assert.That((await SentAsync("orders/create", body, signature: signature ?? "-")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await TestApi.NewClient().PostAsync(url.Replace("shopify", "woocommerce", StringComparison.Ordinal), new StringContent(body))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await DeliveriesAsync(), Is.Empty);
    }

    [Test]
    public async Task An_order_told_twice_late_and_out_of_order_is_as_it_was_told_last()
    {
        var (first, second) = (Order(1, "2030-01-10T10:00:00Z", "pending"), Order(1, "2030-01-10T11:00:00Z", "paid"));

        Assert.That(await ToldAsync("orders/paid", second, "w2"), Is.EqualTo("applied"));
        Assert.That(await ToldAsync("orders/create", first, "w1"), Is.EqualTo("applied"));
        Assert.That(await ToldAsync("orders/paid", second, "w2"), Is.EqualTo("duplicate"));
        Assert.That(await ToldAsync("orders/updated", second, "w3"), Is.EqualTo("applied"));

        var order = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/shopify/1");
        Assert.That((order.GetProperty("payment_status").GetString(), order.GetProperty("total_minor").GetInt64(), order.GetProperty("revision").GetInt32()), Is.EqualTo(("paid", 2390L, 1)));
        Assert.That((await DeliveriesAsync()).Select(d => d.GetProperty("results")[0].GetProperty("outcome").GetString()), Is.EquivalentTo(new[] { "created", "stale", "unchanged" }));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_refund_that_comes_before_its_order_waits_for_it()
    {
        const string refund = """{"id":501,"order_id":1,"created_at":"2030-01-11T10:00:00Z","transactions":[{"kind":"refund","status":"success","amount":"5.00"}]}""";

        Assert.That(await ToldAsync("refunds/create", refund, "r1"), Is.EqualTo("waiting"));
        Assert.That(await ToldAsync("orders/create", Order(1, "2030-01-10T10:00:00Z"), "o1"), Is.EqualTo("applied"));
        Assert.That(await ToldAsync("refunds/create", refund, "r2"), Is.EqualTo("applied"));

        var order = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/shopify/1");
        Assert.That((order.GetProperty("refunded_minor").GetInt64(), order.GetProperty("payment_status").GetString()), Is.EqualTo((500L, "partially_refunded")));
        Assert.That((await DeliveriesAsync("waiting")).Length, Is.Zero);
    }

    [Test]
    public async Task A_refund_of_an_order_that_became_smaller_takes_only_what_is_left()
    {
        const string refund = """{"id":501,"order_id":1,"created_at":"2030-01-11T10:00:00Z","transactions":[{"kind":"refund","status":"success","amount":"20.00"}]}""";
        await ToldAsync("orders/create", Order(1, "2030-01-10T10:00:00Z"), "o1");
        await ToldAsync("refunds/create", refund, "r1");
        var order = await acme.GetAsync<CustomerCrm.Orders.Order>("/v1/orders/by-external-id/shopify/1");
        await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(900) }, TaxMinor = 400, ShippingMinor = 1000 });

        var second = await ToldAsync("refunds/create", refund.Replace("501", "502", StringComparison.Ordinal), "r2");
        var third = await ToldAsync("refunds/create", refund.Replace("501", "503", StringComparison.Ordinal), "r3");

        var after = await acme.GetAsync<CustomerCrm.Orders.Order>($"/v1/orders/{order.Id}");
        Assert.That((second, third), Is.EqualTo(("applied", "applied")));
        Assert.That((after.RefundedMinor, after.TotalMinor), Is.EqualTo((2300L, 2300L)));
    }

    [Test]
    public async Task What_the_shop_has_deleted_does_not_come_back_with_an_older_message()
    {
        await ToldAsync("customers/create", """{"id":7,"email":"ada@example.com","updated_at":"2030-01-10T10:00:00Z"}""", "c1");
        await ToldAsync("orders/create", Order(1, "2030-01-10T10:00:00Z"), "o1");

        await ToldAsync("orders/delete", """{"id":1}""", "o2");
        await ToldAsync("customers/delete", """{"id":7}""", "c2");
        await ToldAsync("orders/updated", Order(1, "2030-01-10T12:00:00Z"), "o3");
        await ToldAsync("customers/update", """{"id":7,"email":"ada@example.com","first_name":"Late","updated_at":"2030-01-10T12:00:00Z"}""", "c3");

        Assert.That((await acme.Http.GetAsync("/v1/orders/by-external-id/shopify/1")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var customer = (await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data").EnumerateArray().Single(c => c.GetProperty("email").GetString() == "ada@example.com");
        var identities = await acme.GetAsync<JsonElement>($"/v1/customers/{customer.GetProperty("id").GetString()}/identities");
        Assert.That(identities.GetProperty("data").EnumerateArray().Select(i => i.GetProperty("kind").GetString()), Is.EqualTo(new[] { "email" }));
    }

    [Test]
    public async Task Whether_somebody_wants_marketing_comes_along()
    {
        const string agreed = """{"id":7,"email":"ada@example.com","updated_at":"2030-01-10T10:00:00Z","email_marketing_consent":{"state":"subscribed","opt_in_level":"single_opt_in","consent_updated_at":"2030-01-10T09:00:00Z"},"sms_marketing_consent":{"state":"not_subscribed"}}""";

        await ToldAsync("customers/create", agreed, "c1");
        await ToldAsync("customers/update", agreed.Replace("\"subscribed\"", "\"unsubscribed\"", StringComparison.Ordinal).Replace("T09:00", "T11:00", StringComparison.Ordinal).Replace("T10:00", "T11:00", StringComparison.Ordinal), "c2");
        await ToldAsync("customers/update", agreed, "c3");

        var consents = (await acme.GetAsync<JsonElement>("/v1/consents")).GetProperty("data").EnumerateArray().ToArray();
        Assert.That(consents.Select(c => (c.GetProperty("channel").GetString(), c.GetProperty("state").GetString())), Is.EqualTo(new[] { ("email", "withdrawn") }));
    }

    [Test]
    public async Task Who_gives_the_shop_another_address_is_written_to_there()
    {
        await ToldAsync("customers/create", Customer("old@example.com", "10:00"), "c1");
        await ToldAsync("customers/update", Customer("new@example.com", "11:00"), "c2");
        var changed = await OnlyAsync();
        var former = (await acme.GetAsync<JsonElement>($"/v1/customers/{changed.Id}/identities")).GetProperty("data").EnumerateArray().Single(i => i.GetProperty("value").GetString() == "old@example.com");
        await acme.Http.PatchAsJsonAsync($"/v1/identities/{former.GetProperty("id").GetString()}", new { is_primary = true });
        await ToldAsync("customers/update", Customer("new@example.com", "12:00"), "c3");

        Assert.That((changed.Email, (await OnlyAsync()).Email), Is.EqualTo(("new@example.com", "old@example.com")), "what is known already stays where somebody put it");

        await ToldAsync("customers/create", Customer("mother@example.com", "10:00", id: 8), "c4");
        Assert.That((await OnlyAsync()).Email, Is.EqualTo("old@example.com"), "who shares a phone may be somebody else");

        static string Customer(string email, string at, int id = 7) => $$"""{"id":{{id}},"email":"{{email}}","phone":"+4366412345678","updated_at":"2030-01-10T{{at}}:00Z"}""";

        async Task<(string? Id, string? Email)> OnlyAsync()
        {
            var customer = (await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data").EnumerateArray().Single();
            return (customer.GetProperty("id").GetString(), customer.GetProperty("email").GetString());
        }
    }

    [Test]
    public async Task A_checkout_is_something_that_was_done()
    {
        const string checkout = """{"id":900,"token":"tok-1","currency":"EUR","total_price":"12.00","email":"ada@example.com","created_at":"2030-01-10T10:00:00Z","updated_at":"2030-01-10T10:00:00Z","line_items":[{"title":"Tea","quantity":1,"price":"12.00"}]}""";

        await ToldAsync("checkouts/create", checkout, "k1");
        await ToldAsync("checkouts/create", checkout, "k2");

        var tracked = (await acme.GetAsync<JsonElement>("/v1/track")).GetProperty("data");
        Assert.That((tracked.GetArrayLength(), tracked[0].GetProperty("name").GetString(), tracked[0].GetProperty("properties").GetProperty("total_minor").GetInt64()), Is.EqualTo((1, "checkout_started", 1200L)));
    }

    [Test]
    public async Task A_request_for_personal_data_is_a_task_and_who_is_to_be_forgotten_is_purged()
    {
        await ToldAsync("orders/create", Order(1, "2030-01-10T10:00:00Z"), "o1");
        const string customer = """{"shop_id":1,"shop_domain":"acme.myshopify.com","customer":{"id":207,"email":"bob@example.com"},"orders_requested":[1],"orders_to_redact":[1],"data_request":{"id":9999}}""";

        await ToldAsync("customers/data_request", customer, "p1");
        var task = (await acme.GetAsync<JsonElement>("/v1/tasks")).GetProperty("data")[0];
        Assert.That((task.GetProperty("priority").GetString(), task.GetProperty("source").GetProperty("kind").GetString(), task.GetProperty("customer_id").ValueKind), Is.EqualTo(("high", "storefront", JsonValueKind.String)));

        Assert.That(await ToldAsync("customers/redact", customer, "p2"), Is.EqualTo("applied"));
        Assert.That(await ToldAsync("customers/redact", customer, "p3"), Is.EqualTo("applied"), "again does no harm");
        await ToldAsync("orders/updated", Order(1, "2030-01-20T10:00:00Z"), "o2");
        await TestApi.RunJobsAsync();
        foreach (var list in new[] { "customers", "orders", "recycle_bin", "tasks" }) Assert.That((await acme.GetAsync<JsonElement>($"/v1/{list}")).GetProperty("data").GetArrayLength(), Is.Zero, list);
        var first = (await DeliveriesAsync()).Single(d => d.GetProperty("topic").GetString() == "orders/create").GetProperty("id").GetString();
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/storefronts/{shop}/deliveries/{first}")).GetProperty("body").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Who_is_to_be_forgotten_is_forgotten_in_checkouts_and_in_what_came_too_late()
    {
        await ToldAsync("orders/create", Order(1, "2030-01-10T10:00:00Z"), "o1");
        await ToldAsync("orders/updated", Order(1, "2030-01-09T10:00:00Z"), "o2");
        await ToldAsync("checkouts/create", """{"id":900,"token":"tok-1","currency":"EUR","total_price":"12.00","email":"bob@example.com","created_at":"2030-01-10T10:00:00Z"}""", "k1");
        await ToldAsync("customers/update", """{"id":207,"email":"bob@example.com","updated_at":"2030-01-10T10:00:00Z"}""", "c1");
        await ToldAsync("customers/update", """{"id":207,"email":"bob@example.com","updated_at":"2030-01-09T10:00:00Z"}""", "c2");

        await ToldAsync("customers/redact", """{"customer":{"id":207,"email":"bob@example.com"},"orders_to_redact":[1]}""", "p1");
        await TestApi.RunJobsAsync();

        var ids = (await acme.GetAsync<JsonElement>($"/v1/storefronts/{shop}/deliveries")).GetProperty("data").EnumerateArray().Select(d => d.GetProperty("id").GetString()).ToArray();
        var bodies = await Task.WhenAll(ids.Select(async id => (await acme.GetAsync<JsonElement>($"/v1/storefronts/{shop}/deliveries/{id}")).GetProperty("body").GetString()));
        Assert.That(bodies, Has.Length.EqualTo(6).And.All.Null);
    }

    [Test]
    public async Task A_shop_that_is_gone_is_disconnected_and_a_person_decides()
    {
        await ToldAsync("orders/create", Order(1, "2030-01-10T10:00:00Z"), "o1");

        Assert.That(await ToldAsync("shop/redact", """{"shop_id":1,"shop_domain":"acme.myshopify.com"}""", "s1"), Is.EqualTo("applied"));

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/storefronts/{shop}")).GetProperty("status").GetString(), Is.EqualTo("disconnected"));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/tasks")).GetProperty("data")[0].GetProperty("priority").GetString(), Is.EqualTo("urgent"));
        Assert.That((await SentAsync("orders/create", Order(2, "2030-01-10T10:00:00Z"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task WooCommerce_asks_whether_we_are_there_and_then_tells()
    {
        (shop, url) = await ConnectedAsync("woocommerce");
        using var ping = new FormUrlEncodedContent([KeyValuePair.Create("webhook_id", "1")]);
        Assert.That((int)(await TestApi.NewClient().PostAsync(url, ping)).StatusCode, Is.InRange(200, 299));

        const string order = """{"id":727,"currency":"EUR","status":"completed","date_created_gmt":"2030-01-10T09:00:00","date_modified_gmt":"2030-01-10T09:05:00","total":"12.00","total_tax":"2.00","customer_id":5,"billing":{"email":"eve@example.com"},"line_items":[{"name":"Tea","quantity":1,"subtotal":"10.00","total":"10.00"}],"refunds":[{"id":9,"total":"-12.00"}]}""";
        Assert.That(await ToldAsync("order.updated", order, "d1", isWoo: true), Is.EqualTo("applied"));
        Assert.That(await ToldAsync("order.updated", order, "d2", isWoo: true), Is.EqualTo("applied"));
        Assert.That(await ToldAsync("coupon.created", "{\"id\":1}", "d3", isWoo: true), Is.EqualTo("ignored"));

        var told = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/woocommerce/727");
        Assert.That((told.GetProperty("total_minor").GetInt64(), told.GetProperty("refunded_minor").GetInt64(), told.GetProperty("payment_status").GetString()), Is.EqualTo((1200L, 1200L, "refunded")));
    }

    [Test]
    public async Task What_WooCommerce_sent_off_stays_so_when_it_is_paid_back()
    {
        (shop, url) = await ConnectedAsync("woocommerce");

        await ToldAsync("order.updated", WooOrder("completed", "2030-01-10T09:00:00"), "d1", isWoo: true);
        await ToldAsync("order.updated", WooOrder("refunded", "2030-01-11T09:00:00"), "d2", isWoo: true);

        var told = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/woocommerce/727");
        Assert.That((told.GetProperty("payment_status").GetString(), told.GetProperty("fulfillment_status").GetString()), Is.EqualTo(("refunded", "fulfilled")));
    }

    [Test]
    public async Task What_WooCommerce_cancelled_and_was_paid_all_the_same_counts_again()
    {
        (shop, url) = await ConnectedAsync("woocommerce");

        await ToldAsync("order.updated", WooOrder("cancelled", "2030-01-10T09:00:00"), "d1", isWoo: true);
        var cancelled = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/woocommerce/727");
        await ToldAsync("order.updated", WooOrder("processing", "2030-01-11T09:00:00"), "d2", isWoo: true);
        var paid = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/woocommerce/727");
        await ToldAsync("order.updated", WooOrder("cancelled", "2030-01-10T09:00:00"), "d3", isWoo: true);
        var late = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/woocommerce/727");

        Assert.That(new[] { cancelled, paid, late }.Select(order => (order.GetProperty("is_counted").GetBoolean(), order.GetProperty("cancelled_at").ValueKind)), Is.EqualTo(new[]
        {
            (false, JsonValueKind.String), (true, JsonValueKind.Null), (true, JsonValueKind.Null),
        }));
    }

    [Test]
    public async Task History_is_loaded_quietly_and_again_without_harm()
    {
        object[] items =
        [
            new { kind = "customer", data = JsonElement.Parse("""{"id":7,"email":"ada@example.com","updated_at":"2029-01-10T10:00:00Z"}""") },
            new { kind = "order", data = JsonElement.Parse(Order(1, "2029-01-10T10:00:00Z")) },
            new { kind = "order", data = JsonElement.Parse("""{"id":2,"currency":"EUR","line_items":[{"name":"x","quantity":1,"price":"1,00"}]}""") },
            new { kind = "order", data = JsonElement.Parse("[]") },
        ];

        var first = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/storefronts/{shop}/backfill", new { items }));
        var again = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/storefronts/{shop}/backfill", new { items }));

        Assert.That(first.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 201, 422, 422 }));
        Assert.That(again.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 200, 200, 422, 422 }));
        var events = (await acme.GetAsync<JsonElement>("/v1/events")).GetProperty("data").EnumerateArray().Where(e => e.GetProperty("type").GetString() is "order.placed" or "order.created" or "customer.created").ToArray();
        Assert.That(events, Is.Not.Empty);
        Assert.That(events.All(e => e.GetProperty("is_quiet").GetBoolean()), Is.True);
    }

    [Test]
    public async Task Nonsense_is_kept_as_refused()
    {
        string[] nonsense = ["", "null", "[]", "{", "{}", "{\"id\":null}", "{\"id\":1}", "{\"id\":1,\"currency\":\"XXX\"}", "{\"id\":1,\"currency\":\"EUR\",\"line_items\":[{\"quantity\":1,\"price\":\"x\"}]}", "{\"id\":1,\"currency\":\"EUR\",\"created_at\":\"yesterday\"}"];
        foreach (var (i, body) in nonsense.Index()) Assert.That(await ToldAsync("orders/create", body, $"n{i}"), Is.EqualTo("refused"), body);
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/storefronts/{shop}")).GetProperty("counts").GetProperty("refused").GetInt32(), Is.EqualTo(nonsense.Length));
    }

    private static string Order(int id, string updatedAt, string status = "paid") => $$"""
        {"id":{{id}},"name":"#{{id}}","currency":"EUR","taxes_included":false,"total_tax":"2.00","total_price":"23.90","financial_status":"{{status}}","created_at":"2030-01-10T09:00:00Z","updated_at":"{{updatedAt}}",
         "line_items":[{"id":1,"product_id":7,"name":"Tea","quantity":2,"price":"10.00"}],"shipping_lines":[{"price":"1.90"}],"customer":{"id":207,"email":"bob@example.com","first_name":"Bob"} }
        """;

    private static string WooOrder(string status, string changedAt) => $$"""
        {"id":727,"currency":"EUR","status":"{{status}}","date_created_gmt":"2030-01-09T09:00:00","date_modified_gmt":"{{changedAt}}","total":"10.00","customer_id":5,"billing":{"email":"eve@example.com"},
         "line_items":[{"name":"Tea","quantity":1,"subtotal":"10.00","total":"10.00"}]}
        """;

    private async Task<(string Id, string Url)> ConnectedAsync(string kind)
    {
        var created = await acme.CreateAsync<JsonElement>("/v1/storefronts", new { name = kind, kind, secret = Secret });
        return (created.GetProperty("id").GetString()!, new Uri(created.GetProperty("url").GetString()!).AbsolutePath);
    }

    private static string Sign(string body, string secret = Secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private async Task<string?> ToldAsync(string topic, string body, string id, bool isWoo = false)
    {
        var response = await SentAsync(topic, body, id, isWoo: isWoo);
        return (await TestTenant.ReadAsync<JsonElement>(response)).GetProperty("outcome").GetString();
    }

    private async Task<HttpResponseMessage> SentAsync(string topic, string body, string? id = null, string? signature = null, bool isWoo = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(isWoo ? "X-WC-Webhook-Topic" : "X-Shopify-Topic", topic);
        request.Headers.TryAddWithoutValidation(isWoo ? "X-WC-Webhook-Signature" : "X-Shopify-Hmac-Sha256", signature ?? Sign(body));
        if (id is not null) request.Headers.TryAddWithoutValidation(isWoo ? "X-WC-Webhook-Delivery-ID" : "X-Shopify-Webhook-Id", id);
        return await TestApi.NewClient().SendAsync(request);
    }

    private async Task<JsonElement[]> DeliveriesAsync(string? outcome = null) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/storefronts/{shop}/deliveries?limit=100{(outcome is null ? "" : $"&filter[outcome][eq]={outcome}")}")).GetProperty("data").EnumerateArray()];
}
