using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Insights;

/// <summary>What tests of insights say to the API.</summary>
internal static class InsightsTenant
{
    private const string Shop = "shop";

    /// <summary>States orders, 200 at a time, each with its customer by the shop's id.</summary>
    public static async Task BuyAsync(this TestTenant tenant, IEnumerable<Purchase> purchases)
    {
        foreach (var batch in purchases.Index().Chunk(200))
        {
            var items = batch.Select(one => new
            {
                source = Shop,
                external_id = $"{one.Item.Customer}-{one.Index}",
                customer = new { external_ids = new[] { new { source = Shop, id = one.Item.Customer } } },
                placed_at = $"{one.Item.Day}T12:00:00Z",
                currency = one.Item.Currency,
                payment_status = "paid",
                lines = new[] { new { name = "Goods", quantity = 1, unit_price_minor = one.Item.AmountMinor } },
            });
            var response = await tenant.Http.PostAsJsonAsync("/v1/orders/batch", new { items });
            var text = await response.Content.ReadAsStringAsync();
            Assert.That(response.StatusCode, Is.EqualTo((HttpStatusCode)207), text);
            foreach (var result in JsonDocument.Parse(text).RootElement.GetProperty("results").EnumerateArray())
                Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(201), result.ToString());
        }
    }

    public static Task BuyAsync(this TestTenant tenant, params Purchase[] purchases) => tenant.BuyAsync(purchases.AsEnumerable());

    /// <summary>Asks for a run, lets the jobs do it, and looks at it.</summary>
    public static async Task<Fit> FitAsync(this TestTenant tenant, object request)
    {
        var response = await tenant.Http.PostAsJsonAsync("/v1/insights/fits", request, StrictJson.Options);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
        await TestApi.RunJobsAsync();
        return await tenant.GetAsync<Fit>(response.Headers.Location!.ToString());
    }

    public static Task<Customer> CustomerAsync(this TestTenant tenant, string shopId) => tenant.GetAsync<Customer>($"/v1/customers/by-external-id/{Shop}/{shopId}");

    internal sealed record Purchase(string Customer, string Day, long AmountMinor, string? Currency = null);
}
