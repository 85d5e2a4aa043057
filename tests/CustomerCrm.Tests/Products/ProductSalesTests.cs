using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Products;
using CustomerCrm.Products.Sales;

namespace CustomerCrm.Tests.Products;

public class ProductSalesTests
{
    private TestTenant acme = null!;
    private Customer ana = null!, ben = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
        ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });
    }

    [Test]
    public async Task What_was_sold_adds_up_to_the_spend()
    {
        var (tea, cup) = (await ProductAsync("TEA"), await ProductAsync("CUP"));
        await OrderAsync(ana, "1", [Some.Line(1000, 2, sku: "TEA"), Some.Line(500, 1, 100, "CUP"), Some.Line(600)], discountMinor: 300); // 3000 less a tenth
        var second = await OrderAsync(ben, "2", [Some.Line(1000, 1, sku: "TEA")]);
        await Some.RefundAsync(acme, second, new { amount_minor = 250 });
        await TestApi.RunJobsAsync();

        Assert.That(await FiguresAsync(tea), Is.EqualTo((3L, 1800 + 750L, 2, 2)));
        Assert.That(await FiguresAsync(cup), Is.EqualTo((1L, 360L, 1, 1)));
        Assert.That((await acme.GetAsync<Page<ListBuyers.Row>>($"/v1/products/{tea.Id}/customers")).Data.Select(b => (b.Name, b.Units, b.RevenueMinor)), Is.EquivalentTo(new[] { ("Ana", 2L, 1800L), ("Ben", 1L, 750L) }));
        Assert.That((await acme.GetAsync<Page<ListBought.Row>>($"/v1/customers/{ana.Id}/products?sort=-units")).Data.Select(b => (b.Sku, b.Units)), Is.EqualTo(new[] { ("TEA", 2L), ("CUP", 1L) }));
        Assert.That((await acme.GetAsync<Page<Product>>("/v1/products?sort=-revenue")).Data.Select(p => p.Sku), Is.EqualTo(new[] { "TEA", "CUP" }));
    }

    [Test]
    public async Task The_figures_follow_every_change_of_the_orders()
    {
        var (tea, cup) = (await ProductAsync("TEA"), await ProductAsync("CUP"));
        var order = await OrderAsync(ana, "1", [Some.Line(1000, 1, sku: "TEA")]);

        await OrderAsync(ana, "1", [Some.Line(500, 2, sku: "CUP")]);
        await TestApi.RunJobsAsync();
        Assert.That((await FiguresAsync(tea), await FiguresAsync(cup)), Is.EqualTo(((0L, 0L, 0, 0), (2L, 1000L, 1, 1))));

        await Some.PatchAsync(acme, order, new { customer_id = ben.Id.ToString() });
        Assert.That((await acme.GetAsync<Page<ListBought.Row>>($"/v1/customers/{ana.Id}/products")).Data, Is.Empty);
        Assert.That((await acme.GetAsync<Page<ListBought.Row>>($"/v1/customers/{ben.Id}/products")).Data.Single().Units, Is.EqualTo(2));

        await acme.Http.PostAsync($"/v1/orders/{order.Id}/cancellation", null);
        await TestApi.RunJobsAsync();
        Assert.That(await FiguresAsync(cup), Is.EqualTo((0L, 0L, 0, 0)));

        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}/cancellation");
        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");
        await TestApi.RunJobsAsync();
        Assert.That(await FiguresAsync(cup), Is.EqualTo((0L, 0L, 0, 0)));
    }

    [Test]
    public async Task Past_lines_are_tied_when_their_product_comes_and_untied_when_it_goes()
    {
        var bySku = await OrderAsync(ana, "1", [Some.Line(1000, 1, sku: "TEA")]);
        var byId = await OrderAsync(ben, "2", [new { ProductExternalId = "gid-1", Name = "Tea", Quantity = 3, UnitPriceMinor = 1000 }]);
        var elsewhere = await acme.CreateAsync<Order>("/v1/orders", new { CustomerId = ana.Id, Source = "other", ExternalId = "3", Lines = new[] { new { ProductExternalId = "gid-1", Name = "Other", Quantity = 1, UnitPriceMinor = 1 } } });
        Assert.That(bySku.Lines.Single().ProductId, Is.Null);

        var tea = await acme.CreateAsync<Product>("/v1/products", new { name = "Tea", sku = "TEA", external_ids = new[] { new { source = "shop", id = "gid-1" } } });
        await TestApi.RunJobsAsync();
        var tied = await acme.GetAsync<Order>($"/v1/orders/{bySku.Id}");
        Assert.That((tied.Lines.Single().ProductId, tied.Revision), Is.EqualTo(((Id<Product>?)tea.Id, bySku.Revision + 1)));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{byId.Id}")).Lines.Single().ProductId, Is.EqualTo((Id<Product>?)tea.Id));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{elsewhere.Id}")).Lines.Single().ProductId, Is.Null, "an id is one shop's");
        Assert.That(await FiguresAsync(tea), Is.EqualTo((4L, 4000L, 2, 2)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/events?filter[type][eq]=order.updated")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("is_quiet").GetBoolean()), Is.EqualTo(new[] { true, true }));

        await acme.Http.DeleteAsync($"/v1/products/{tea.Id}");
        Assert.That((await acme.GetAsync<Page<ListBought.Row>>($"/v1/customers/{ana.Id}/products")).Data, Is.Empty, "at once");
        await TestApi.RunJobsAsync();
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{bySku.Id}")).Lines.Single().ProductId, Is.Null);
    }

    [Test]
    public async Task Another_tenants_product_is_not_meant()
    {
        await (await TestTenant.NewAsync()).CreateAsync<Product>("/v1/products", new { name = "Tea", sku = "TEA" });

        var order = await OrderAsync(ana, "1", [Some.Line(sku: "TEA")]);

        Assert.That(order.Lines.Single().ProductId, Is.Null);
    }

    private Task<Product> ProductAsync(string sku) => acme.CreateAsync<Product>("/v1/products", new { name = sku, sku });

    private async Task<Order> OrderAsync(Customer customer, string id, object[] lines, long discountMinor = 0) =>
        await TestTenant.ReadAsync<UpsertedOrder>(await acme.Http.PutAsJsonAsync($"/v1/orders/by-external-id/shop/{id}", new { CustomerId = customer.Id, DiscountMinor = discountMinor, Lines = lines }, StrictJson.Options));

    private async Task<(long Units, long Revenue, int Orders, int Customers)> FiguresAsync(Product product)
    {
        var shown = await acme.GetAsync<Product>($"/v1/products/{product.Id}");
        return (shown.UnitsSold, shown.RevenueMinor, shown.OrderCount, shown.CustomerCount);
    }
}
