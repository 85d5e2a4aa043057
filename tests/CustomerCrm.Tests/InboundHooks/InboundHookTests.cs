using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.InboundHooks;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Tests.InboundHooks;

public class InboundHookTests
{
    private static readonly object till = new
    {
        dedupe = new { pointer = "/id" },
        targets = new object[]
        {
            new
            {
                resource = "order",
                fields = new object[]
                {
                    new { to = "/source", @const = "till" },
                    new { to = "/external_id", pointer = "/id", transforms = new object[] { new { op = "text" } } },
                    new { to = "/customer/email", first_of = new[] { "/buyer/mail", "/mail" }, transforms = new object[] { new { op = "trim" }, new { op = "lower" } } },
                    new { to = "/customer/name", join = new { pointers = new[] { "/buyer/first", "/buyer/last" } } },
                    new { to = "/customer/external_ids/0/source", @const = "till" },
                    new { to = "/customer/external_ids/0/id", pointer = "/buyer/number" },
                    new { to = "/currency", pointer = "/money", @default = "EUR" },
                    new { to = "/payment_status", pointer = "/state", transforms = new object[] { new { op = "map", values = new { bezahlt = "paid" }, otherwise = "pending" } } },
                    new { to = "/placed_at", pointer = "/at", transforms = new object[] { new { op = "time", format = "unix_seconds" } } },
                    new
                    {
                        to = "/lines",
                        each = new
                        {
                            pointer = "/items",
                            fields = new object[]
                            {
                                new { to = "/name", pointer = "/title" },
                                new { to = "/quantity", pointer = "/count", @default = 1 },
                                new { to = "/unit_price_minor", pointer = "/price", transforms = new object[] { new { op = "minor_units", currency_pointer = "/money" } } },
                            },
                        },
                    },
                },
            },
            new
            {
                resource = "event",
                when = new { pointer = "/voucher", exists = true },
                fields = new object[] { new { to = "/name", @const = "voucher_used" }, new { to = "/customer/email", pointer = "/buyer/mail" }, new { to = "/properties/code", pointer = "/voucher" } },
            },
        },
    };

    private const string Sale = """{"id":1042,"buyer":{"mail":" Ada@Example.com ","first":"Ada","last":"Byron"},"money":"EUR","state":"bezahlt","at":1893488400,"voucher":"TEA10","items":[{"title":"House blend","count":2,"price":"36.90"},{"title":"Cup","price":4.5}]}""";

    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Any_JSON_becomes_what_the_API_would_have_been_sent()
    {
        var (_, url) = await CreatedAsync(till);

        var answer = await PostedAsync(url, Sale);

        Assert.That(answer.Outcome, Is.EqualTo((HttpStatusCode.OK, "applied")));
        var order = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/till/1042");
        Assert.That((order.GetProperty("total_minor").GetInt64(), order.GetProperty("payment_status").GetString(), order.GetProperty("placed_at").GetString()), Is.EqualTo((7830L, "paid", "2030-01-01T09:00:00Z")));
        var customer = await acme.GetAsync<JsonElement>($"/v1/customers/{order.GetProperty("customer_id").GetString()}");
        Assert.That((customer.GetProperty("email").GetString(), customer.GetProperty("name").GetString()), Is.EqualTo(("Ada@example.com", "Ada Byron")).Or.EqualTo(("ada@example.com", "Ada Byron")));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/track")).GetProperty("data")[0].GetProperty("properties").GetProperty("code").GetString(), Is.EqualTo("TEA10"));
    }

    [Test]
    public async Task The_same_delivery_fifty_times_at_once_is_one()
    {
        var (hook, url) = await CreatedAsync(till);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostedAsync(url, Sale)));

        Assert.That(answers.Count(a => a.Outcome.Said != "duplicate"), Is.EqualTo(1));
        Assert.That(answers.Select(a => a.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await DeliveriesAsync(hook)).Length, Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_refused_is_kept_with_every_place_and_applied_when_the_mapping_is_mended()
    {
        var (hook, url) = await CreatedAsync(till);
        var wrong = Sale.Replace("\"36.90\"", "\"36,90\"", StringComparison.Ordinal);

        var answer = await PostedAsync(url, wrong);

        Assert.That(answer.Outcome, Is.EqualTo((HttpStatusCode.Accepted, "refused")));
        var refused = await acme.GetAsync<JsonElement>($"/v1/inbound_hooks/{hook}/deliveries/{answer.Id}");
        var error = refused.GetProperty("errors")[0];
        Assert.That((error.GetProperty("pointer").GetString(), error.GetProperty("source_pointer").GetString(), error.GetProperty("code").GetString()), Is.EqualTo(("/lines/0/unit_price_minor", "/items/0/price", "number_invalid")));
        Assert.That(refused.GetProperty("body").GetString(), Is.EqualTo(wrong));
        Assert.That((await acme.Http.GetAsync("/v1/orders/by-external-id/till/1042")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        var mended = JsonNode.Parse(JsonSerializer.Serialize(till))!;
        mended["targets"]![0]!["fields"]![9]!["each"]!["fields"]![2] = JsonNode.Parse("""{"to":"/unit_price_minor","const":3690}""");
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/inbound_hooks/{hook}", new { mapping = mended }));
        var replayed = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/inbound_hooks/{hook}/deliveries/{answer.Id}/replay", null));

        Assert.That((replayed.GetProperty("outcome").GetString(), replayed.GetProperty("mapping_version").GetInt32()), Is.EqualTo(("applied", 2)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/till/1042")).GetProperty("lines").GetArrayLength(), Is.EqualTo(2));
        Assert.That((await acme.Http.PostAsync($"/v1/inbound_hooks/{hook}/deliveries/{answer.Id}/replay", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "it is applied");
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/inbound_hooks/{hook}/mappings")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task All_that_was_refused_is_replayed_by_a_job()
    {
        var (hook, url) = await CreatedAsync(till);
        foreach (var id in new[] { 1, 2, 3 }) await PostedAsync(url, Sale.Replace("1042", $"{id}", StringComparison.Ordinal).Replace("\"EUR\"", "\"EURO\"", StringComparison.Ordinal));
        Assert.That(await DeliveriesAsync(hook, "refused"), Has.Length.EqualTo(3));

        var mended = JsonNode.Parse(JsonSerializer.Serialize(till))!;
        mended["targets"]![0]!["fields"]![6] = JsonNode.Parse("""{"to":"/currency","const":"EUR"}""");
        mended["targets"]![0]!["fields"]![9]!["each"]!["fields"]![2]!["transforms"] = JsonNode.Parse("""[{"op":"minor_units","currency":"EUR"}]""");
        await acme.Http.PatchAsJsonAsync($"/v1/inbound_hooks/{hook}", new { mapping = mended });
        var answer = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/inbound_hooks/{hook}/replays", null));
        await TestApi.RunJobsAsync();

        Assert.That(answer.GetProperty("replayed").GetInt32(), Is.EqualTo(3));
        Assert.That(await DeliveriesAsync(hook, "applied"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_try_shows_what_would_be_and_writes_nothing()
    {
        var (hook, _) = await CreatedAsync(till);

        var good = await acme.CreateAsync<JsonElement>($"/v1/inbound_hooks/{hook}/try", new { payload = JsonNode.Parse(Sale) });
        var bad = await acme.CreateAsync<JsonElement>($"/v1/inbound_hooks/{hook}/try", new { payload = new { id = 7, items = new object[] { new { count = 0 } } } });

        Assert.That(good.GetProperty("outcome").GetString(), Is.EqualTo("applied"));
        Assert.That(good.GetProperty("items")[0].GetProperty("body").GetProperty("lines")[1].GetProperty("unit_price_minor").GetInt64(), Is.EqualTo(450));
        Assert.That(good.GetProperty("items")[0].GetProperty("written").GetProperty("outcome").GetString(), Is.EqualTo("created"));
        Assert.That(bad.GetProperty("items")[0].GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("source_pointer").GetString()), Does.Contain("/items/0/title").And.Contain("/items/0/count"));
        foreach (var list in new[] { "orders", "customers", "track" }) Assert.That((await acme.GetAsync<JsonElement>($"/v1/{list}")).GetProperty("data").GetArrayLength(), Is.Zero, list);
        Assert.That((await acme.GetAsync<JsonElement>("/v1/events")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()), Is.EqualTo(new[] { "inbound_hook.created" }));
    }

    [Test]
    public async Task Nonsense_of_every_kind_is_kept_as_refused_and_never_an_error_of_ours()
    {
        var (hook, url) = await CreatedAsync(till);
        string[] nonsense =
        [
            "", " ", "null", "true", "17", "\"text\"", "[]", "{}", "{", "[1,2", "nonsense", "{\"id\":{}}", "{\"id\":[[[]]]}", "{\"id\":\"\\u0000\"}", "{\"id\":\"\\ud800\"}", new string('[', 2000),
            "{\"id\":1e999,\"items\":[{}]}", "{\"id\":5,\"items\":{\"0\":1}}", "{\"id\":6,\"items\":[null,1,\"x\"]}", "{\"id\":7,\"buyer\":[],\"items\":[{\"title\":[],\"price\":{}}]}", "{\"id\":\"" + new string('x', 5000) + "\"}", "\0\0\0",
        ];

        foreach (var body in nonsense)
        {
            var answer = await PostedAsync(url, body);
            Assert.That(answer.Outcome, Is.EqualTo((HttpStatusCode.Accepted, "refused")), body.Length > 50 ? body[..50] : body);
        }
        using var bytes = new ByteArrayContent([0xff, 0xfe, 0x80, 0x00]);
        Assert.That((await TestApi.NewClient().PostAsync(url, bytes)).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await DeliveriesAsync(hook, "refused")).Length, Is.EqualTo(nonsense.Length + 1));
        Assert.That((await DeliveriesAsync(hook, "refused")).All(d => d.GetProperty("errors").GetArrayLength() > 0), Is.True);
    }

    [Test]
    public async Task Only_what_is_signed_is_taken_where_a_signature_is_asked_for()
    {
        var (hook, url) = await CreatedAsync(till, new { header = "x-signature", prefix = "sha256=" }, "a long shared secret");
        var right = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes("a long shared secret"), Encoding.UTF8.GetBytes(Sale))).ToLowerInvariant();

        foreach (var signature in new[] { null, "", "sha256=", "sha256=00", right[7..], right[..^1] + (right[^1] == '0' ? '1' : '0') })
            Assert.That((await PostedAsync(url, Sale, signature)).Outcome.Status, Is.EqualTo(HttpStatusCode.Forbidden), signature);
        Assert.That(await DeliveriesAsync(hook), Is.Empty, "nothing of it is kept");
        Assert.That((await PostedAsync(url, Sale, right)).Outcome, Is.EqualTo((HttpStatusCode.OK, "applied")));
        var shown = (await (await acme.Http.GetAsync($"/v1/inbound_hooks/{hook}")).Content.ReadAsStringAsync()).ToLowerInvariant();
        Assert.That(shown, Does.Not.Contain("shared secret").And.Not.Contain(url.Split('/')[^1].ToLowerInvariant()));
    }

    [Test]
    public async Task An_address_can_be_changed_switched_off_and_taken_away()
    {
        var (hook, first) = await CreatedAsync(till);

        var rotated = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/inbound_hooks/{hook}/rotation", new { former_hours = 1 }));
        var second = PathOf(rotated);
        Assert.That((await PostedAsync(first, Sale)).Outcome.Status, Is.EqualTo(HttpStatusCode.OK), "for an hour yet");
        var third = PathOf(await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/inbound_hooks/{hook}/rotation", new { former_hours = 0 })));
        foreach (var former in new[] { first, second }) Assert.That((await PostedAsync(former, Sale)).Outcome.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await PostedAsync(third, Sale)).Outcome.Said, Is.EqualTo("duplicate"));

        await acme.Http.PatchAsJsonAsync($"/v1/inbound_hooks/{hook}", new { is_enabled = false });
        Assert.That((await PostedAsync(third, Sale)).Outcome.Status, Is.EqualTo(HttpStatusCode.NotFound));
        await acme.Http.DeleteAsync($"/v1/inbound_hooks/{hook}");
        Assert.That((await PostedAsync(third, Sale)).Outcome.Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_delivery_that_a_crash_left_behind_is_applied_by_the_job()
    {
        var (hook, url) = await CreatedAsync(till);
        var answer = await PostedAsync(url, Sale);
        await acme.WithDbAsync(db => db.ExecuteAsync(TenantSql.Of("UPDATE HookDeliveries SET Outcome = 1, ResultsText = NULL WHERE TenantId = @TenantId"), null, default));
        await acme.WithScopeAsync(services => ((JobQueue)services.GetService(typeof(JobQueue))!).EnqueueAsync(new ApplyDeliveries(Id<InboundHook>.Parse(hook).Value), default));

        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/inbound_hooks/{hook}/deliveries/{answer.Id}")).GetProperty("results")[0].GetProperty("outcome").GetString(), Is.EqualTo("unchanged"));
    }

    [Test]
    public async Task Who_is_purged_is_purged_from_what_came_in()
    {
        var (hook, url) = await CreatedAsync(till);
        var answer = await PostedAsync(url, Sale);
        var customer = (await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data")[0].GetProperty("id").GetString();

        await acme.Http.DeleteAsync($"/v1/customers/{customer}?with_orders=true");
        var bin = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].GetProperty("id").GetString();
        await acme.Http.DeleteAsync($"/v1/recycle_bin/{bin}");
        await TestApi.RunJobsAsync();

        var delivery = await acme.GetAsync<JsonElement>($"/v1/inbound_hooks/{hook}/deliveries/{answer.Id}");
        Assert.That((delivery.GetProperty("body").ValueKind, delivery.GetProperty("outcome").GetString()), Is.EqualTo((JsonValueKind.Null, "applied")));
    }

    [TestCase("""{"people":[{"mail":"ada@example.com"},{"mail":"bob@example.com"}]}""", "customer", "/email", "bob@example.com")]
    [TestCase("""{"people":[{"mail":"bob@example.com"}]}""", "event", "/customer/email", "bob@example.com")]
    public async Task Each_of_those_whom_a_delivery_is_about_can_be_purged_from_it(string body, string resource, string to, string email)
    {
        var fields = new List<object> { new { to, pointer = "/mail" } };
        if (resource == "event") fields.Add(new { to = "/name", @const = "seen" });
        var (hook, url) = await CreatedAsync(new { for_each = "/people", targets = new object[] { new { resource, fields } } });
        var answer = await PostedAsync(url, body);
        var customer = (await acme.GetAsync<JsonElement>($"/v1/customers?filter[email][eq]={email}")).GetProperty("data")[0].GetProperty("id").GetString();

        await acme.Http.DeleteAsync($"/v1/customers/{customer}");
        var bin = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].GetProperty("id").GetString();
        await acme.Http.DeleteAsync($"/v1/recycle_bin/{bin}");
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/inbound_hooks/{hook}/deliveries/{answer.Id}")).GetProperty("body").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task What_is_nested_is_shown_and_what_is_nested_too_deeply_is_refused()
    {
        var mapping = new { targets = new object[] { new { resource = "event", fields = new object[] { new { to = "/name", @const = "seen" }, new { to = "/anonymous_id", @const = "a" }, new { to = "/properties/tree", pointer = "/tree" } } } } };
        var (hook, url) = await CreatedAsync(mapping);

        var tried = await acme.Http.PostAsJsonAsync($"/v1/inbound_hooks/{hook}/try", new { payload = JsonElement.Parse(Nested(29)) });
        var outcomes = new List<string?>();
        foreach (var depth in new[] { 29, 40, 63 }) outcomes.Add((await PostedAsync(url, Nested(depth))).Outcome.Item2);

        Assert.That((tried.StatusCode, (await TestTenant.ReadAsync<JsonElement>(tried)).GetProperty("outcome").GetString()), Is.EqualTo((HttpStatusCode.OK, "applied")));
        Assert.That(outcomes, Is.EqualTo(new[] { "applied", "refused", "refused" }));

        static string Nested(int depth) => $$"""{"tree":{{string.Concat(Enumerable.Repeat("[", depth))}}{{string.Concat(Enumerable.Repeat("]", depth))}}}""";
    }

    [Test]
    public async Task A_misspelt_mapping_is_refused_when_it_is_saved()
    {
        object[] fields =
        [
            new { to = "/emial", pointer = "/mail" }, new { to = "/email" }, new { to = "/email", pointer = "mail" }, new { to = "/external_ids/0/number", pointer = "/id" },
            new { to = "/email", pointer = "/a", @const = "b" }, new { to = "/email", pointer = "/a", transforms = new object[] { new { op = "map" } } },
        ];
        foreach (var field in fields)
        {
            var response = await acme.Http.PostAsJsonAsync("/v1/inbound_hooks", new { name = "x", mapping = new { targets = new object[] { new { resource = "customer", fields = new[] { field } } } } });
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), JsonSerializer.Serialize(field));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("/mapping/targets/0/fields/0"), JsonSerializer.Serialize(field));
        }
    }

    [Test]
    public async Task A_form_and_a_list_are_taken_too_and_a_quiet_hook_starts_nothing()
    {
        var people = new { for_each = "/people", targets = new object[] { new { resource = "customer", fields = new object[] { new { to = "/email", pointer = "/mail" }, new { to = "/name", pointer = "/name" } } } } };
        var created = await acme.CreateAsync<JsonElement>("/v1/inbound_hooks", new { name = "People", mapping = people, is_quiet = true });
        var form = await CreatedAsync(new { targets = new object[] { new { resource = "customer", fields = new object[] { new { to = "/email", pointer = "/mail" } } } } });

        await PostedAsync(PathOf(created), """{"people":[{"mail":"a@example.com","name":"A"},{"mail":"b@example.com","name":"B"}]}""");
        var again = await PostedAsync(PathOf(created), """{"people":[{"mail":"a@example.com","name":"Anna"}]}""");
        using var sent = new FormUrlEncodedContent([KeyValuePair.Create("mail", "c@example.com")]);
        await TestApi.NewClient().PostAsync(form.Url, sent);

        Assert.That((await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data").EnumerateArray().Select(c => c.GetProperty("name").GetString()), Is.EquivalentTo(new[] { "Anna", "B", null }));
        Assert.That(again.Outcome.Said, Is.EqualTo("applied"));
        var events = (await acme.GetAsync<JsonElement>("/v1/events")).GetProperty("data").EnumerateArray().Where(e => e.GetProperty("type").GetString() == "customer.created").Select(e => e.GetProperty("is_quiet").GetBoolean());
        Assert.That(events, Is.EqualTo(new[] { true, true, false }));
    }

    private async Task<(string Hook, string Url)> CreatedAsync(object mapping, object? signature = null, string? secret = null)
    {
        var created = await acme.CreateAsync<JsonElement>("/v1/inbound_hooks", new { name = "Till", mapping, signature, secret });
        return (created.GetProperty("id").GetString()!, PathOf(created));
    }

    private static string PathOf(JsonElement hook) => new Uri(hook.GetProperty("url").GetString()!).AbsolutePath;

    private static async Task<(string? Id, (HttpStatusCode Status, string? Said) Outcome)> PostedAsync(string url, string body, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null) request.Headers.TryAddWithoutValidation("x-signature", signature);
        var response = await TestApi.NewClient().SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? (answer.GetProperty("delivery_id").GetString(), (response.StatusCode, answer.GetProperty("outcome").GetString())) : (null, (response.StatusCode, null));
    }

    private async Task<JsonElement[]> DeliveriesAsync(string hook, string? outcome = null) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/inbound_hooks/{hook}/deliveries?limit=100{(outcome is null ? "" : $"&filter[outcome][eq]={outcome}")}")).GetProperty("data").EnumerateArray()];
}
