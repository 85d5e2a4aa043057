using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

/// <summary>Customers whom rows of orders and interactions made along the way: undo takes them back too.</summary>
public class MadeCustomersTests
{
    private const string Orders = "order id,email,unit price minor\n", Calls = "email,channel,direction,subject\n";
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync()
    {
        acme = await TestTenant.NewAsync();
        await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "ana@example.com" });
    }

    [TestCase("orders", Orders + "1,ana@example.com,500\n2,bob@example.com,700\n3,bob@example.com,100\n4,cat@example.com,100\n")]
    [TestCase("interactions", Calls + "ana@example.com,phone,inbound,One\nbob@example.com,phone,inbound,Two\nbob@example.com,phone,inbound,Three\ncat@example.com,phone,inbound,Four\n")]
    public async Task They_are_gone_with_what_they_were_made_for(string resource, string file)
    {
        var id = await SomeFiles.ImportedAsync(acme, file, $"resource={resource}");
        Assert.That(await EmailsAsync(), Is.EqualTo(new[] { "ana@example.com", "bob@example.com", "cat@example.com" }));

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(Told(import), Is.EqualTo((4, 0, 2, 0)));
        Assert.That(await EmailsAsync(), Is.EqualTo(new[] { "ana@example.com" }));
    }

    [Test]
    public async Task A_row_says_whom_it_made()
    {
        var id = await SomeFiles.ImportedAsync(acme, Orders + "1,ana@example.com,500\n2,bob@example.com,700\n", "resource=orders");

        var rows = await SomeFiles.RowsAsync(acme, id);

        Assert.That(rows[0].GetProperty("changes").GetArrayLength(), Is.Zero);
        var made = rows[1].GetProperty("changes").EnumerateArray().Single();
        Assert.That((made.Text("field"), made.Text("to")), Is.EqualTo(("customer", await IdOfAsync("bob@example.com"))));
    }

    [TestCase("note")]
    [TestCase("change")]
    [TestCase("order")]
    [TestCase("order in the bin")]
    public async Task Whom_somebody_had_to_do_with_since_stays(string what)
    {
        var id = await SomeFiles.ImportedAsync(acme, Orders + "2,bob@example.com,700\n3,cat@example.com,100\n", "resource=orders");
        await TouchAsync(what, await IdOfAsync("bob@example.com"));

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(Told(import), Is.EqualTo((2, 0, 1, 1)));
        Assert.That(await EmailsAsync(), Is.EqualTo(new[] { "ana@example.com", "bob@example.com" }));
    }

    [Test]
    public async Task Whose_order_was_changed_since_stays_with_it()
    {
        var id = await SomeFiles.ImportedAsync(acme, Orders + "2,bob@example.com,700\n3,cat@example.com,100\n", "resource=orders");
        var order = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/2");
        await acme.CreateAsync<JsonElement>($"/v1/orders/{order.Text("id")}/tags", new { names = new[] { "gift" } });

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(Told(import), Is.EqualTo((1, 1, 1, 1)));
        Assert.That(await EmailsAsync(), Is.EqualTo(new[] { "ana@example.com", "bob@example.com" }));
    }

    [Test]
    public async Task Whom_an_order_moved_to_is_gone_when_it_has_moved_back()
    {
        await SomeFiles.ImportedAsync(acme, Orders + "1,ana@example.com,500\n", "resource=orders");
        var id = await SomeFiles.ImportedAsync(acme, Orders + "1,bob@example.com,500\n", "resource=orders");

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "restored"), import.Of("undo", "customers_removed")), Is.EqualTo((1, 1)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1")).Text("customer_id"), Is.EqualTo(await IdOfAsync("ana@example.com")));
        Assert.That(await EmailsAsync(), Is.EqualTo(new[] { "ana@example.com" }));
    }

    private async Task TouchAsync(string what, string customerId)
    {
        switch (what)
        {
            case "note":
                await acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = customerId, body = "Likes tea." });
                break;
            case "change":
                await acme.Http.PatchAsync($"/v1/customers/{customerId}", JsonContent.Create(new { city = "Graz" }));
                break;
            default:
                var order = await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = customerId, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
                if (what != "order") await acme.Http.DeleteAsync($"/v1/orders/{order.Text("id")}");
                break;
        }
    }

    private static (int, int, int, int) Told(JsonElement import) =>
        (import.Of("undo", "removed"), import.Of("undo", "kept"), import.Of("undo", "customers_removed"), import.Of("undo", "customers_kept"));

    private async Task<string> IdOfAsync(string email) => (await SomeFiles.CustomersAsync(acme, $"&filter[email][eq]={email}")).Single().Text("id");

    private async Task<string[]> EmailsAsync() => [.. (await SomeFiles.CustomersAsync(acme)).Select(customer => customer.Text("email")).Order(StringComparer.Ordinal)];
}
