using System.Net;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Timeline;

public class TimelineTests
{
    private static readonly DateTimeOffset longAgo = new(2019, 5, 4, 12, 30, 0, TimeSpan.Zero);
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@example.com" });
        await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben", email = "ben@example.com" });
    }

    [Test]
    public async Task Everything_about_one_customer_is_in_one_list_the_latest_first()
    {
        var interactionId = await RecordAsync("email", longAgo, "Hello");
        var order = await Some.OrderAsync(acme, ana.Id, priceMinor: 1999, placedAt: longAgo.AddDays(1), taxMinor: 100, shippingMinor: 490);
        await Some.RefundAsync(acme, order, new { amount_minor = 500 });

        var entries = (await TimelineAsync("")).GetProperty("data").EnumerateArray().ToArray();

        Assert.That(entries[..3].Select(KindOf), Is.EquivalentTo(new[] { "customer_created", "identity_added", "refund" })); // all at the same time
        Assert.That(entries[3..].Select(KindOf), Is.EqualTo(new[] { "order", "interaction" }));
        Assert.That((IdOf(entries[3]), entries[3].GetProperty("amount_minor").GetInt64(), entries[3].GetProperty("currency").GetString()), Is.EqualTo((order.Id.ToString(), order.TotalMinor, "EUR")));
        Assert.That((IdOf(entries[4]), entries[4].GetProperty("title").GetString(), entries[4].GetProperty("channel").GetString()), Is.EqualTo((interactionId, "Hello", "email")));
        Assert.That(IdOf(entries.Single(e => KindOf(e) == "customer_created")), Is.EqualTo(ana.Id.ToString()));
    }

    [TestCase("filter[kind][in]=interaction", "1|2|3")]
    [TestCase("filter[kind][eq]=interaction&filter[channel][eq]=chat", "2")]
    [TestCase("filter[occurred_at][gte]=2019-05-06T00:00:00Z&filter[occurred_at][lt]=2020-01-01T00:00:00Z", "2|3")]
    [TestCase("filter[kind][in]=identity_added", "ana@example.com")]
    [TestCase("filter[kind][in]=interaction&filter[channel][eq]=sms", "")]
    public async Task It_can_be_narrowed(string query, string titles)
    {
        foreach (var n in new[] { 1, 2, 3 }) await RecordAsync(n == 2 ? "chat" : "email", longAgo.AddDays(n), $"{n}");

        var entries = (await TimelineAsync(query)).GetProperty("data").EnumerateArray();

        Assert.That(string.Join('|', entries.Select(e => e.GetProperty("title").GetString()).Order()), Is.EqualTo(titles));
    }

    [Test]
    public async Task It_pages_through_all_parts_and_meets_everything_once_although_many_share_a_time()
    {
        for (var n = 0; n < 30; n++) await RecordAsync("chat", longAgo.AddDays(n % 3), $"{n}");

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await TimelineAsync($"limit=4{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(e => $"{e.GetProperty("occurred_at").GetString()} {e.GetProperty("id").GetString()}"));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.That(seen, Is.Unique);
        Assert.That(seen, Has.Count.EqualTo(32));
        Assert.That(seen.Select(s => s.Split(' ')[0]), Is.Ordered.Descending);
    }

    [Test]
    public async Task Nobodys_timeline_is_not_found_and_an_empty_one_is_empty()
    {
        Assert.That((await acme.Http.GetAsync($"/v1/customers/{Id<Customer>.New()}/timeline")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await (await TestTenant.NewAsync()).Http.GetAsync($"/v1/customers/{ana.Id}/timeline")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await TimelineAsync("filter[kind][in]=interaction")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    private static string KindOf(JsonElement entry) => entry.GetProperty("kind").GetString()!;
    private static string IdOf(JsonElement entry) => entry.GetProperty("id").GetString()!;
    private Task<JsonElement> TimelineAsync(string query) => acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/timeline?{query}");

    private async Task<string> RecordAsync(string channel, DateTimeOffset at, string subject) =>
        (await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = ana.Id, channel, direction = "inbound", occurred_at = at, subject })).GetProperty("id").GetString()!;
}
