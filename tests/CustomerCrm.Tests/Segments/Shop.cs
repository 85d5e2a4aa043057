using System.Net.Http.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Segments;

namespace CustomerCrm.Tests.Segments;

/// <summary>What the tests of segments say in a word.</summary>
internal static class Shop
{
    public static object Austrians { get; } = new { field = "country", op = "eq", value = "AT" };

    public static object Regulars { get; } = new { orders = new { count = new { gte = 2 }, within_days = 90 } };

    public static async Task<Id<Customer>> CustomerAsync(this TestTenant tenant, string name, string? country = null) =>
        (await tenant.CreateAsync<Customer>("/v1/customers", new { name, country })).Id;

    public static Task<Order> OrderAsync(this TestTenant tenant, Id<Customer> customerId, int daysAgo = 1, long minor = 1000) =>
        tenant.CreateAsync<Order>("/v1/orders", new
        {
            customer_id = customerId,
            placed_at = TestApi.Clock.GetUtcNow().AddDays(-daysAgo),
            lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = minor } },
        });

    public static Task<Segment> SegmentAsync(this TestTenant tenant, object rule, string name = "Some") =>
        tenant.CreateAsync<Segment>("/v1/segments", new { name, kind = "dynamic", rule });

    public static async Task<Segment> BuiltAsync(this TestTenant tenant, object rule)
    {
        var segment = await tenant.SegmentAsync(rule);
        await TestApi.RunJobsAsync();
        return await tenant.GetAsync<Segment>($"/v1/segments/{segment.Id}");
    }

    public static async Task<string[]> MembersAsync(this TestTenant tenant, Id<Segment> segmentId) =>
        [.. (await tenant.GetAsync<Page<ListMembers.Row>>($"/v1/segments/{segmentId}/members?limit=100")).Data.Select(row => row.Name!).Order(StringComparer.Ordinal)];

    /// <summary>The types of the events about segments, oldest first; a quiet one in brackets.</summary>
    public static async Task<string[]> SegmentEventsAsync(this TestTenant tenant)
    {
        var feed = await tenant.GetAsync<CustomerCrm.Events.ReadEvents.Feed>("/v1/events?limit=100");
        return [.. feed.Data.Where(e => e.Type.StartsWith("segment.", StringComparison.Ordinal)).Select(e => e.IsQuiet ? $"({e.Type})" : e.Type)];
    }

    public static async Task<HttpResponseMessage> PatchAsync(this TestTenant tenant, string path, object body, string? ifMatch = null, bool isQuiet = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(body, options: StrictJson.Options) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (isQuiet) request.Headers.Add("Crm-Quiet", "true");
        return await tenant.Http.SendAsync(request);
    }
}
