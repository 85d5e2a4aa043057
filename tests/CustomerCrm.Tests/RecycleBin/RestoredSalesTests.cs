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
using CustomerCrm.RecycleBin;

namespace CustomerCrm.Tests.RecycleBin;

/// <summary>What was sold of a product stays right through every order in which customers, orders and products go into the bin and come back.</summary>
public class RestoredSalesTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;
    private Product tea = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await CustomerAsync("Ana");
        tea = await acme.CreateAsync<Product>("/v1/products", new { name = "Tea", sku = "TEA" });
    }

    [Test]
    public async Task An_order_that_is_somebody_elses_by_now_is_sold_once()
    {
        await OrderAsync(ana, "1", 2);
        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        await OrderAsync(await CustomerAsync("Ben"), "1", 5);
        await RestoreAsync(BinKind.Customer);
        await OrderAsync(await CustomerAsync("Cleo"), "2", 1);
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<Page<ListBought.Row>>($"/v1/customers/{ana.Id}/products")).Data, Is.Empty);
        Assert.That(await BuyersAsync(), Is.EquivalentTo(new[] { ("Ben", 5L), ("Cleo", 1L) }));
        Assert.That(await FiguresAsync(), Is.EqualTo((6L, 2, 2)));
    }

    [Test]
    public async Task The_orders_of_a_customer_in_the_bin_leave_the_products_figures()
    {
        await OrderAsync(ana, "1", 2);
        await OrderAsync(await CustomerAsync("Ben"), "2", 1);

        await DeleteAsync($"/v1/customers/{ana.Id}?with_orders=true");
        Assert.That(await FiguresAsync(), Is.EqualTo((1L, 1, 1)));

        await RestoreAsync(BinKind.Customer);
        Assert.That(await FiguresAsync(), Is.EqualTo((3L, 2, 2)));
    }

    [TestCase(BinKind.Customer)]
    [TestCase(BinKind.Order)]
    public async Task Lines_are_tied_to_a_product_that_came_back_before_them(BinKind kind)
    {
        var order = await OrderAsync(ana, "1", 3);
        await DeleteAsync($"/v1/products/{tea.Id}");
        await DeleteAsync(kind, order);
        await RestoreAsync(BinKind.Product);
        Assert.That(await FiguresAsync(), Is.EqualTo((0L, 0, 0)), "nothing that is there names it");

        await RestoreAsync(kind);

        Assert.That((await ProductOfAsync(order), (await BuyersAsync()).Single(), await FiguresAsync()), Is.EqualTo(((Id<Product>?)tea.Id, ("Ana", 3L), (3L, 1, 1))));
    }

    [TestCase(BinKind.Customer)]
    [TestCase(BinKind.Order)]
    public async Task Lines_name_no_product_that_is_gone_and_are_tied_when_it_is_back(BinKind kind)
    {
        var order = await OrderAsync(ana, "1", 3);
        await DeleteAsync(kind, order);
        await DeleteAsync($"/v1/products/{tea.Id}");
        await RestoreAsync(kind);
        var meanwhile = await ProductOfAsync(order);

        await RestoreAsync(BinKind.Product);

        Assert.That(meanwhile, Is.Null);
        Assert.That((await ProductOfAsync(order), (await BuyersAsync()).Single(), await FiguresAsync()), Is.EqualTo(((Id<Product>?)tea.Id, ("Ana", 3L), (3L, 1, 1))));
    }

    [Test]
    public async Task Lines_that_come_back_are_tied_quietly_to_whatever_product_has_their_number_by_now()
    {
        var order = await OrderAsync(ana, "1", 3);
        await DeleteAsync(BinKind.Order, order);
        await DeleteAsync($"/v1/products/{tea.Id}");
        tea = await acme.CreateAsync<Product>("/v1/products", new { name = "Other tea", sku = "TEA" });

        await RestoreAsync(BinKind.Order);

        var told = (await acme.GetAsync<JsonElement>($"/v1/events?limit=100")).GetProperty("data").EnumerateArray().Where(e => e.GetProperty("type").GetString()!.StartsWith("order.", StringComparison.Ordinal)).ToArray();
        Assert.That((await ProductOfAsync(order), await FiguresAsync()), Is.EqualTo(((Id<Product>?)tea.Id, (3L, 1, 1))));
        Assert.That(told[^2..].Select(e => (e.GetProperty("type").GetString(), e.GetProperty("is_quiet").GetBoolean())), Is.EqualTo(new[] { ("order.updated", true), ("order.restored", false) }));
    }

    private Task<Customer> CustomerAsync(string name) => acme.CreateAsync<Customer>("/v1/customers", new { name });

    private async Task<Order> OrderAsync(Customer customer, string id, int quantity) => await TestTenant.ReadAsync<UpsertedOrder>(
        await acme.Http.PutAsJsonAsync($"/v1/orders/by-external-id/shop/{id}", new { CustomerId = customer.Id, Lines = new[] { Some.Line(1000, quantity, sku: "TEA") } }, StrictJson.Options));

    private Task DeleteAsync(BinKind kind, Order order) => DeleteAsync(kind == BinKind.Order ? $"/v1/orders/{order.Id}" : $"/v1/customers/{order.CustomerId}?with_orders=true");

    private async Task DeleteAsync(string path)
    {
        (await acme.Http.DeleteAsync(path)).EnsureSuccessStatusCode();
        await TestApi.RunJobsAsync();
    }

    private async Task RestoreAsync(BinKind kind)
    {
        var item = (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.Single(i => i.Kind == kind);
        await acme.CreateAsync<RestoreBinItem.Answer>($"/v1/recycle_bin/{item.Id}/restore", new { without_taken = true });
        await TestApi.RunJobsAsync();
    }

    private async Task<Id<Product>?> ProductOfAsync(Order order) => (await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).Lines.Single().ProductId;

    private async Task<IEnumerable<(string? Name, long Units)>> BuyersAsync() =>
        (await acme.GetAsync<Page<ListBuyers.Row>>($"/v1/products/{tea.Id}/customers")).Data.Select(b => (b.Name, b.Units));

    private async Task<(long Units, int Orders, int Customers)> FiguresAsync()
    {
        var shown = await acme.GetAsync<Product>($"/v1/products/{tea.Id}");
        return (shown.UnitsSold, shown.OrderCount, shown.CustomerCount);
    }
}
