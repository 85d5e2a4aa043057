using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Http;

/// <summary>What may be sent is bounded everywhere: the most is taken, one more is refused and says where.</summary>
public class LimitTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenant() => acme = await TestTenant.NewAsync();

    private static IEnumerable<TestCaseData> Bodies()
    {
        yield return Body("a name of 200 characters", "/v1/customers", n => new { name = new string('x', n) }, 200, "/name");
        yield return Body("an e-mail address of 254 characters", "/v1/customers", n => new { email = $"{new string('a', 60)}@{Domain(n - 65)}.com" }, 254, "/email");
        yield return Body("20 identities", "/v1/customers", n => new { identities = Many(n, i => new { kind = "external", source = "shop", value = $"limit-{n}-{i}" }) }, 20, "/identities");
        yield return Body("a text of 20,000 characters", "/v1/interactions", n => new { customer = new { email = "limits@example.com" }, channel = "chat", direction = "inbound", body = new string('x', n), occurred_at = "2026-01-01T00:00:00Z" }, 20_000, "/body");
        yield return Body("200 lines of an order", "/v1/orders", n => new { customer = new { email = "limits@example.com" }, currency = "EUR", placed_at = "2026-01-01T00:00:00Z", lines = Many(n, i => new { name = $"Line {i}", quantity = 1, unit_price_minor = 100 }) }, 200, "/lines");
        yield return Body("a batch of 200", "/v1/customers/batch", n => new { items = Many(n, i => new { name = $"Customer {i}" }) }, 200, "/items");
        yield return Body("30 tests of a segment", "/v1/segments/preview", n => new { rule = new { any = Many(n, _ => Test) } }, 30, "/rule/any");
        yield return Body("rules five deep", "/v1/segments/preview", n => new { rule = Nested(n + 1) }, 5, "/rule");
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task The_most_is_taken_and_one_more_is_422(string path, Func<int, object> body, int most, string pointer)
    {
        var under = await acme.Http.PostAsJsonAsync(path, body(most));
        var over = await Problem.OfAsync(await acme.Http.PostAsJsonAsync(path, body(most + 1)));

        Assert.That((int)under.StatusCode, Is.InRange(200, 299), await under.Content.ReadAsStringAsync());
        Assert.That(over.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(over.Pointers, Has.Some.StartsWith(pointer));
    }

    [TestCase("a page of 100", "/v1/customers?limit={0}", 100)]
    [TestCase("a search of 100 characters", "/v1/customers?q={1}", 100)]
    [TestCase("100 values of a filter", "/v1/customers?filter[country][in]={2}", 100)]
    public async Task The_most_is_asked_and_one_more_is_400(string what, string path, int most)
    {
        var under = await acme.Http.GetAsync(Path(most));
        var over = await Problem.OfAsync(await acme.Http.GetAsync(Path(most + 1)));

        Assert.That(under.StatusCode, Is.EqualTo(HttpStatusCode.OK), what);
        Assert.That(over.Status, Is.EqualTo(HttpStatusCode.BadRequest), what);

        string Path(int n) => string.Format(System.Globalization.CultureInfo.InvariantCulture, path, n, new string('x', n), string.Join(',', Enumerable.Repeat("DE", n)));
    }

    [Test]
    public void Bodies_are_as_deep_as_32_and_no_deeper()
    {
        Assert.That(() => Read(32), Throws.Nothing);
        Assert.That(() => Read(33), Throws.InstanceOf<JsonException>());

        static JsonElement[] Read(int depth) => StrictJson.TryRead<JsonElement[]>(Encoding.UTF8.GetBytes($"{new string('[', depth)}{new string(']', depth)}"), out var wrong) ?? throw new JsonException(wrong!.Detail);
    }

    [Test]
    public async Task What_is_as_deep_as_it_may_be_is_shown_in_the_feed_in_lists_and_to_rules()
    {
        object[] actions = [new { @do = "call_webhook", with = new { name = "deep" } }];
        var seen = new { @event = new { pointer = "/properties", op = "is_set", value = true } };
        var rule = (await acme.CreateAsync<JsonElement>("/v1/automation_rules", new { name = "Deep", definition = new { events = new[] { "tracked_event.recorded" }, condition = seen, actions } })).GetProperty("id").GetString();
        var tree = JsonElement.Parse($"{new string('[', 30)}{new string(']', 30)}");

        var tracked = await acme.Http.PostAsJsonAsync("/v1/track", new { name = "grown", customer = new { email = "deep@example.com" }, properties = new { tree } });
        await TestApi.RunJobsAsync();

        Assert.That(tracked.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var firings = (await acme.GetAsync<JsonElement>($"/v1/automation_rules/{rule}/firings")).GetProperty("data");
        Assert.That(firings[0].GetProperty("status").GetString(), Is.EqualTo("done"));
        var types = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString());
        Assert.That(types, Is.SupersetOf(new[] { "tracked_event.recorded", "automation.webhook_called" }));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/track")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await acme.Http.PostAsync($"/v1/automation_rules/{rule}/dry_run", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_idempotency_key_has_255_characters_at_most()
    {
        var (under, over) = (await WithKeyAsync(255), await WithKeyAsync(256));

        Assert.That(under.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Problem.OfAsync(over)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("1849-12-31", false)]
    [TestCase("1850-01-01", true)]
    [TestCase("0001-01-01", false)]
    [TestCase("9999-12-31", false)]
    public async Task Somebody_was_born_between_1850_and_today(string day, bool isTaken)
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/customers", new { name = "Ana", birth_date = day });

        if (isTaken) Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        else Assert.That((await Problem.OfAsync(response)).Pointers, Is.EqualTo(new[] { "/birth_date" }));
    }

    [Test]
    public async Task A_list_takes_20_filters_at_once()
    {
        for (var i = 0; i <= 20; i++) await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = $"f{i}", label = $"F {i}", type = "text" });

        var under = await acme.Http.GetAsync(With(20));
        var over = await Problem.OfAsync(await acme.Http.GetAsync(With(21)));

        Assert.That(under.StatusCode, Is.EqualTo(HttpStatusCode.OK), await under.Content.ReadAsStringAsync());
        Assert.That(over.Status, Is.EqualTo(HttpStatusCode.BadRequest));

        static string With(int filters) => "/v1/customers?" + string.Join('&', Enumerable.Range(0, filters).Select(i => $"filter[custom_fields.f{i}][eq]=x"));
    }

    [Test]
    public async Task A_cursor_is_read_as_it_was_written_and_in_no_other_form()
    {
        foreach (var name in new[] { "Ana", "Ben", "Cleo" }) await acme.CreateAsync<JsonElement>("/v1/customers", new { name });
        var cursor = (await acme.GetAsync<JsonElement>("/v1/customers?limit=1")).GetProperty("next_cursor").GetString()!;

        var statuses = new List<HttpStatusCode>();
        foreach (var last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != cursor[^1]))
            statuses.Add((await acme.Http.GetAsync($"/v1/customers?limit=1&cursor={cursor[..^1]}{last}")).StatusCode);

        Assert.That((await acme.Http.GetAsync($"/v1/customers?limit=1&cursor={cursor}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(statuses, Is.All.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_path_that_is_there_answers_405_to_a_method_it_has_not()
    {
        var response = await acme.Http.DeleteAsync("/v1/customers/batch");
        var unknown = await acme.Http.DeleteAsync("/v1/customers/bash");

        Assert.That((await Problem.OfAsync(response)).Code, Is.EqualTo("method_not_allowed"));
        Assert.That((response.StatusCode, string.Join(", ", response.Content.Headers.Allow)), Is.EqualTo((HttpStatusCode.MethodNotAllowed, "POST")));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static object Test => new { field = "name", op = "contains", value = "Ana" };

    private static object Nested(int n) => n == 1 ? Test : new { all = new[] { Nested(n - 1) } };

    private static string Domain(int length) => string.Join('.', Enumerable.Repeat(new string('b', 31), length / 32 + 1))[..length].TrimEnd('.') is var cut && cut.Length < length ? cut + "b" : cut;

    private static object[] Many(int n, Func<int, object> item) => [.. Enumerable.Range(0, n).Select(item)];

    private static TestCaseData Body(string what, string path, Func<int, object> body, int most, string pointer) =>
        new TestCaseData(path, body, most, pointer).SetName($"{{m}}: {what}");

    private async Task<HttpResponseMessage> WithKeyAsync(int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = JsonContent.Create(new { name = "Ana" }) };
        request.Headers.Add("Idempotency-Key", new string('k', length));
        return await acme.Http.SendAsync(request);
    }
}
