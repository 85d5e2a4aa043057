using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.RecycleBin;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Interactions;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.RecycleBin;

public partial class BinTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_customer_comes_back_from_the_bin_with_everything_that_went_with_it()
    {
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = "size", label = "Size", type = "number" });
        var ana = await AnaAsync();
        var order = await Some.OrderAsync(acme, ana.Id, paymentStatus: PaymentStatus.Paid);
        await Some.RefundAsync(acme, order, new { amount_minor = 100 });
        await CallAsync(ana.Id, "Where is my order?");
        await acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = ana.Id, body = "Prefers mornings." });
        var segment = await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Friends", kind = "static" });
        await acme.Http.PostAsJsonAsync($"/v1/segments/{segment.GetProperty("id").GetString()}/members", new { customer_ids = new[] { ana.Id.ToString() } });
        await acme.Http.PatchAsJsonAsync($"/v1/customers/{ana.Id}", new { city = "Wien", custom_fields = new { size = 42 } });
        await TestApi.RunJobsAsync();
        var before = await WholeAsync(ana.Id);

        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        await TestApi.RunJobsAsync();
        var gone = await acme.Http.GetAsync($"/v1/customers/{ana.Id}/360");
        var item = await OnlyItemAsync();
        var answer = await RestoreAsync(item);
        await TestApi.RunJobsAsync();

        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((item.Kind, item.RecordId, item.CustomerId, item.Title), Is.EqualTo((BinKind.Customer, ana.Id.ToString(), ana.Id, "Ana")));
        Assert.That(item.Contents, Is.EquivalentTo(new Dictionary<string, int> { ["identity"] = 2, ["order"] = 1, ["refund"] = 1, ["interaction"] = 1, ["note"] = 1 }));
        Assert.That(answer.LeftOut, Is.Empty);
        Assert.That(await WholeAsync(ana.Id), Is.EqualTo(before));
        Assert.That((await acme.GetAsync<Page<Customer>>("/v1/customers?filter[custom_fields.size][eq]=42")).Data.Select(c => c.Id), Is.EqualTo(new[] { ana.Id }));
        Assert.That((await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data, Is.Empty);
        Assert.That(await EventTypesAsync(), Does.Contain("customer.removed").And.Contain("customer.restored"));
    }

    [Test]
    public async Task A_customer_with_orders_goes_into_the_bin_only_where_that_is_said()
    {
        var ana = await AnaAsync();
        await Some.OrderAsync(acme, ana.Id);

        var refused = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}"));
        var deleted = await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_has_orders")));
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await acme.GetAsync<Page<Order>>("/v1/orders")).Data, Is.Empty);
    }

    [Test]
    public async Task An_address_that_is_somebody_elses_by_now_is_named_and_can_be_left_out()
    {
        var ana = await AnaAsync();
        await acme.CreateAsync<JsonElement>($"/v1/customers/{ana.Id}/identities", new { kind = "email", value = "ana@home.example" });
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ann", email = "ana@work.example" });
        var item = await OnlyItemAsync();

        var refused = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/recycle_bin/{item.Id}/restore", null));
        var stillGone = await acme.Http.GetAsync($"/v1/customers/{ana.Id}");
        var answer = await RestoreAsync(item, withoutTaken: true);

        var taken = refused.Document.GetProperty("taken")[0];
        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "taken_meanwhile")));
        Assert.That((taken.GetProperty("resource").GetString(), taken.GetProperty("value").GetString()), Is.EqualTo(("identity", "ana@work.example")));
        Assert.That(stillGone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(answer.LeftOut.Select(l => l.Value), Is.EqualTo(new[] { "ana@work.example" }));
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{ana.Id}")).Email, Is.EqualTo("ana@home.example"), "The one that is left is the primary one.");
        Assert.That((await acme.GetAsync<Page<Identity>>($"/v1/customers/{ana.Id}/identities")).Data.Count(i => i is { Kind: IdentityKind.Email, IsPrimary: true }), Is.EqualTo(1));
    }

    [Test]
    public async Task An_order_comes_back_into_its_customers_figures()
    {
        var ana = await AnaAsync();
        var order = await Some.OrderAsync(acme, ana.Id, priceMinor: 700, paymentStatus: PaymentStatus.Paid);
        var before = await acme.GetAsync<JsonElement>($"/v1/orders/{order.Id}");

        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");
        var without = await Some.FiguresAsync(acme, ana.Id);
        await RestoreAsync(await OnlyItemAsync());

        Assert.That(without!.SpendMinor, Is.Zero);
        Assert.That((await Some.FiguresAsync(acme, ana.Id))!.SpendMinor, Is.EqualTo(700));
        Assert.That(Bare(await acme.GetAsync<JsonElement>($"/v1/orders/{order.Id}")), Is.EqualTo(Bare(before)));
        Assert.That((await Some.OrderEventsAsync(acme, ana.Id)).TakeLast(2), Is.EqualTo(new[] { "order.removed", "order.restored" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_tenants_currency_stays_while_an_order_could_come_back_in_it(bool isWithItsCustomer)
    {
        acme = await TestTenant.NewAsync(currency: "EUR");
        var order = await Some.OrderAsync(acme, priceMinor: 1000, currency: "USD", rate: 0.9m);
        await acme.Http.DeleteAsync(isWithItsCustomer ? $"/v1/customers/{order.CustomerId}?with_orders=true" : $"/v1/orders/{order.Id}");

        var refused = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync("/v1/tenant", new { currency = "JPY" }));
        await acme.Http.DeleteAsync($"/v1/recycle_bin/{(await OnlyItemAsync()).Id}");
        var changed = await acme.Http.PatchAsJsonAsync("/v1/tenant", new { currency = "JPY" });

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "currency_in_use")));
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK), "What is purged never comes back.");
    }

    [Test]
    public async Task An_order_with_all_that_hangs_on_it_waits_for_its_customer()
    {
        var ana = await AnaAsync();
        var order = await Some.OrderAsync(acme, ana.Id, priceMinor: 900);
        await acme.CreateAsync<JsonElement>("/v1/notes", new { order_id = order.Id, body = "Gift wrapping" });
        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var items = (await acme.GetAsync<Page<BinItem>>($"/v1/recycle_bin?filter[customer_id][eq]={ana.Id}")).Data.ToDictionary(i => i.Kind);

        var early = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/recycle_bin/{items[BinKind.Order].Id}/restore", new { without_taken = true }));
        await RestoreAsync(items[BinKind.Customer]);
        await RestoreAsync(items[BinKind.Order]);

        Assert.That((early.Status, early.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_missing")));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/orders/{order.Id}")).GetProperty("lines").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_who_is_purged_no_copy_says_more_than_ids()
    {
        var (ana, key) = (await AnaAsync(), Guid.NewGuid().ToString());
        using var noted = new HttpRequestMessage(HttpMethod.Post, "/v1/notes") { Content = JsonContent.Create(new { customer_id = ana.Id.ToString(), body = "Ana likes orchids" }) };
        noted.Headers.Add("Idempotency-Key", key);
        await acme.Http.SendAsync(noted);
        await Some.OrderAsync(acme, ana.Id);
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");

        await acme.Http.DeleteAsync($"/v1/recycle_bin/{(await OnlyItemAsync()).Id}");
        await TestApi.RunJobsAsync();

        var feed = await acme.Http.GetStringAsync("/v1/events?limit=100");
        Assert.That(feed, Does.Contain("customer.created").And.Contain(ana.Id.ToString()).And.Contain("order.placed"));
        Assert.That(feed, Does.Not.Contain("Ana").And.Not.Contain("orchids").And.Not.Contain("A thing"));
        await acme.WithDbAsync(async db => Assert.That(await db.QueryAsync<string>(AnswersSaying, new { Word = "%orchids%" }, default), Is.Empty));
    }

    [Test]
    public async Task Of_an_order_that_is_purged_its_own_copies_go_and_what_mentions_it_stays()
    {
        var ana = await AnaAsync();
        var (order, other) = (await Some.OrderAsync(acme, ana.Id), await Some.OrderAsync(acme, ana.Id));
        await acme.CreateAsync<JsonElement>("/v1/notes", new { order_id = order.Id.ToString(), body = "Ana likes orchids" });
        await acme.CreateAsync<JsonElement>("/v1/tasks", new { customer_id = ana.Id.ToString(), title = $"Ask about {order.Id}" });
        using var stated = new HttpRequestMessage(HttpMethod.Post, "/v1/orders/batch")
        {
            Content = JsonContent.Create(new
            {
                items = new[] { "gone", "kept" }.Select(id => new { source = "shop", external_id = id, customer_id = ana.Id.ToString(), placed_at = TestApi.Clock.GetUtcNow(), lines = new[] { new { name = $"Tulips {id}", quantity = 1, unit_price_minor = 100 } } }),
            }),
        };
        stated.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var batch = await TestTenant.ReadAsync<JsonElement>(await acme.Http.SendAsync(stated));
        var gone = batch.GetProperty("results")[0].GetProperty("data").GetProperty("id").GetString();

        foreach (var id in new[] { order.Id.ToString(), gone })
        {
            await acme.Http.DeleteAsync($"/v1/orders/{id}");
            await acme.Http.DeleteAsync($"/v1/recycle_bin/{(await OnlyItemAsync()).Id}");
        }
        await TestApi.RunJobsAsync();

        var events = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().ToArray();
        JsonElement[] Of(string? id) => [.. events.Select(e => e.GetProperty("data")).Where(data => data.TryGetProperty("id", out var own) && own.GetString() == id)];
        Assert.That(Of(order.Id.ToString()), Has.Length.GreaterThan(1).And.All.Matches<JsonElement>(data => data.EnumerateObject().All(m => m.Name.EndsWith("id", StringComparison.Ordinal))));
        Assert.That(Of(other.Id.ToString()).Select(data => data.GetRawText()), Has.Some.Contains("A thing"));
        Assert.That(string.Concat(events.Select(e => e.GetRawText())), Does.Contain("orchids").And.Contain($"Ask about {order.Id}").And.Contain("Tulips kept").And.Not.Contain("Tulips gone"));
        await acme.WithDbAsync(async db =>
        {
            Assert.That(await db.QueryAsync<string>(AnswersSaying, new { Word = "%Tulips kept%" }, default), Is.Not.Empty);
            Assert.That(await db.QueryAsync<string>(AnswersSaying, new { Word = "%Tulips gone%" }, default), Is.Empty);
        });
    }

    [Test]
    public async Task An_interaction_waits_for_its_customer()
    {
        var ana = await AnaAsync();
        var call = await CallAsync(ana.Id, "Hello");
        await acme.Http.DeleteAsync($"/v1/interactions/{call.Id}");
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var items = (await acme.GetAsync<Page<BinItem>>($"/v1/recycle_bin?filter[customer_id][eq]={ana.Id}")).Data.ToDictionary(i => i.Kind);

        var early = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/recycle_bin/{items[BinKind.Interaction].Id}/restore", null));
        await RestoreAsync(items[BinKind.Customer]);
        await RestoreAsync(items[BinKind.Interaction]);

        Assert.That((early.Status, early.Code), Is.EqualTo((HttpStatusCode.Conflict, "customer_missing")));
        Assert.That((await acme.GetAsync<Interaction>($"/v1/interactions/{call.Id}")).Subject, Is.EqualTo("Hello"));
    }

    [Test]
    public async Task What_is_purged_is_gone_and_with_a_customer_all_of_that_customer()
    {
        var ana = await AnaAsync();
        var call = await CallAsync(ana.Id, "Hello");
        await acme.Http.DeleteAsync($"/v1/interactions/{call.Id}");
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var customer = (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin?filter[kind][eq]=customer")).Data.Single();

        var purged = await acme.Http.DeleteAsync($"/v1/recycle_bin/{customer.Id}");
        var again = await acme.Http.DeleteAsync($"/v1/recycle_bin/{customer.Id}");

        Assert.That((purged.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        Assert.That((await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data, Is.Empty);
        Assert.That((await EventTypesAsync())[^1], Is.EqualTo("customer.purged"));
    }

    [Test]
    public async Task After_ninety_days_it_is_purged_by_itself_and_not_before()
    {
        var (ana, ben) = (await AnaAsync(), await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" }));
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        await acme.Http.DeleteAsync($"/v1/customers/{ben.Id}");
        var now = TestApi.Clock.GetUtcNow();
        var items = (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.ToDictionary(i => i.CustomerId!.Value);
        Assert.That(items[ana.Id].ExpiresAt, Is.EqualTo(now.AddDays(90)));

        await acme.WithDbAsync(async db =>
        {
            await db.ExecuteAsync(Age, new { items[ana.Id].Id, At = now }, default);
            await db.ExecuteAsync(Age, new { items[ben.Id].Id, At = now.AddSeconds(1) }, default);
        });
        await acme.WithScopeAsync(services => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<CustomerCrm.Platform.Jobs.IJob<PurgeBin>>(services).RunAsync(new PurgeBin(), default));

        Assert.That((await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.Select(i => i.CustomerId), Is.EqualTo(new[] { ben.Id }));
    }

    private Task<Customer> AnaAsync() => acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@work.example", phone = "+436641234567" });

    private Task<Interaction> CallAsync(Id<Customer> customerId, string subject) =>
        acme.CreateAsync<Interaction>("/v1/interactions", new { customer_id = customerId, channel = "phone", direction = "inbound", subject });

    private async Task<BinItem> OnlyItemAsync() => (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.Single();

    private Task<RestoreBinItem.Answer> RestoreAsync(BinItem item, bool withoutTaken = false) =>
        acme.CreateAsync<RestoreBinItem.Answer>($"/v1/recycle_bin/{item.Id}/restore", new { without_taken = withoutTaken });

    // All that the API shows of a customer, but for its revision: being restored is a change.
    private async Task<string> WholeAsync(Id<Customer> id)
    {
        var parts = new List<string>();
        foreach (var part in new[] { "", "/360", "/identities", "/timeline", "/history", "/segments" })
            parts.Add(Bare(await acme.GetAsync<JsonElement>($"/v1/customers/{id}{part}")));
        parts.Add(Bare(await acme.GetAsync<JsonElement>($"/v1/orders?filter[customer_id][eq]={id}")));
        return string.Join('\n', parts);
    }

    private static string Bare(JsonElement shown) => Revision().Replace(shown.GetRawText(), "");

    private async Task<string[]> EventTypesAsync() =>
        [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    [GeneratedRegex("\"revision\":[0-9]+,?")]
    private static partial Regex Revision();

    private static readonly TenantSql Age = TenantSql.Of("UPDATE RemovedRecords SET ExpiresAt = @At WHERE TenantId = @TenantId AND Id = @Id");

    private static readonly TenantSql AnswersSaying = TenantSql.Of(
        sqlServer: "SELECT r.[Key] FROM IdempotencyRecords r WHERE r.TenantId = @TenantId AND CAST(r.Body AS VARCHAR(MAX)) LIKE @Word",
        sqlite: "SELECT r.[Key] FROM IdempotencyRecords r WHERE r.TenantId = @TenantId AND CAST(r.Body AS TEXT) LIKE @Word");
}
