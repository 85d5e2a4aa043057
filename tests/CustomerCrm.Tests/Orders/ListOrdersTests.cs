using System.Net;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Orders;

public class ListOrdersTests
{
    private static readonly DateTimeOffset monday = new(2029, 12, 3, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Orders_are_ordered_as_asked_with_what_cannot_be_stated_last()
    {
        var acme = await TestTenant.NewAsync();
        var small = await Some.OrderAsync(acme, priceMinor: 100, placedAt: monday);
        var foreign = await Some.OrderAsync(acme, priceMinor: 900_000, placedAt: monday.AddHours(1), currency: "USD");
        var large = await Some.OrderAsync(acme, priceMinor: 500, placedAt: monday.AddHours(2));

        var newest = await acme.GetAsync<Page<Order>>("/v1/orders");
        var dearest = await acme.GetAsync<Page<Order>>("/v1/orders?sort=-spend");

        Assert.That(newest.Data.Select(o => o.Id), Is.EqualTo(new[] { large.Id, foreign.Id, small.Id }));
        Assert.That(dearest.Data.Select(o => o.Id), Is.EqualTo(new[] { large.Id, small.Id, foreign.Id }));
        Assert.That(dearest.Data.Select(o => o.Lines.Single().UnitPriceMinor), Is.EqualTo(new long[] { 500, 100, 900_000 }));
    }

    [TestCase("placed_at")]
    [TestCase("-updated_at")]
    [TestCase("-spend")]
    [TestCase("spend")]
    public async Task Pages_show_every_order_once(string sort)
    {
        var acme = await TestTenant.NewAsync();
        var made = new List<Order>();
        for (var i = 0; i < 7; i++) made.Add(await Some.OrderAsync(acme, priceMinor: i % 2 * 100, placedAt: monday.AddDays(i % 3), currency: i % 3 == 0 ? "USD" : null));

        var seen = new List<Order>();
        for (string? cursor = null; ;)
        {
            var page = await acme.GetAsync<Page<Order>>($"/v1/orders?limit=2&sort={sort}" + (cursor is null ? "" : $"&cursor={cursor}"));
            seen.AddRange(page.Data);
            if ((cursor = page.NextCursor) is null) break;
        }

        Assert.That(seen.Select(o => o.Id), Is.EquivalentTo(made.Select(o => o.Id)));
    }

    [Test]
    public async Task Filters_narrow()
    {
        var acme = await TestTenant.NewAsync();
        var paid = await Some.OrderAsync(acme, placedAt: monday, paymentStatus: PaymentStatus.Paid);
        var dollars = await Some.OrderAsync(acme, priceMinor: 5000, placedAt: monday.AddDays(1), currency: "USD", rate: 1.1m);
        await acme.CreateAsync<Order>($"/v1/orders/{dollars.Id}/cancellation", new { });

        async Task<Order[]> FoundAsync(string filter) => [.. (await acme.GetAsync<Page<Order>>($"/v1/orders?filter{filter}")).Data];

        Assert.That((await FoundAsync($"[customer_id][eq]={paid.CustomerId}")).Single().Id, Is.EqualTo(paid.Id));
        Assert.That((await FoundAsync("[payment_status][in]=paid,refunded")).Single().Id, Is.EqualTo(paid.Id));
        Assert.That((await FoundAsync("[placed_at][gte]=2029-12-04T00:00:00Z")).Single().Id, Is.EqualTo(dollars.Id));
        Assert.That((await FoundAsync("[currency][eq]=USD")).Single().Id, Is.EqualTo(dollars.Id));
        Assert.That((await FoundAsync("[is_cancelled][eq]=true")).Single().Id, Is.EqualTo(dollars.Id));
        Assert.That((await FoundAsync("[is_counted][eq]=true")).Single().Id, Is.EqualTo(paid.Id));
        Assert.That((await FoundAsync("[spend_tenant_minor][gte]=5500")).Single().Id, Is.EqualTo(dollars.Id));
        Assert.That(await FoundAsync("[fulfillment_status][eq]=delivered"), Is.Empty);
    }

    [Test]
    public async Task An_order_is_found_by_what_people_and_shops_call_it()
    {
        var acme = await TestTenant.NewAsync();
        var order = await acme.CreateAsync<Order>("/v1/orders", new { Source = "shop", ExternalId = "Gid-7", OrderNumber = "#1007", Customer = new { Email = Some.Email() }, Lines = new[] { Some.Line() } });
        await Some.OrderAsync(acme);

        var byId = await acme.GetAsync<Page<Order>>("/v1/orders?filter[external_id][eq]=Gid-7&filter[source][eq]=shop");
        var byNumber = await acme.GetAsync<Page<Order>>("/v1/orders?filter[order_number][eq]=%231007");
        var otherCase = await acme.GetAsync<Page<Order>>("/v1/orders?filter[external_id][eq]=gid-7");

        Assert.That((byId.Data.Single().Id, byNumber.Data.Single().Id, otherCase.Data.Count), Is.EqualTo((order.Id, order.Id, 0)));
    }

    [TestCase("sort=total")]
    [TestCase("filter[payment_status][eq]=lost")]
    [TestCase("filter[placed_at][eq]=2029-12-04T00:00:00Z")]
    [TestCase("limit=101")]
    public async Task What_the_list_does_not_have_is_refused(string query)
    {
        var acme = await TestTenant.NewAsync();

        Assert.That((await Problem.OfAsync(await acme.Http.GetAsync($"/v1/orders?{query}"))).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
