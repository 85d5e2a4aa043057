using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Products;
using CustomerCrm.RecycleBin;

namespace CustomerCrm.Tests.RecycleBin;

/// <summary>What is unique and somebody else's by now is named in words of the API, and everything can come back without it.</summary>
public class TakenMeanwhileTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
    }

    [Test]
    public async Task A_product_comes_back_without_the_number_that_is_anothers_by_now()
    {
        var tea = await acme.CreateAsync<Product>("/v1/products", new { name = "Tea", sku = "T", categories = new[] { "Drinks" }, external_ids = new[] { new { source = "shop", id = "1" } } });
        await acme.Http.DeleteAsync($"/v1/products/{tea.Id}");
        await acme.CreateAsync<Product>("/v1/products", new { name = "Other", sku = "T", external_ids = new[] { new { source = "shop", id = "1" } } });

        var refused = await RefusedAsync();
        var answer = await RestoreAsync();

        var back = await acme.GetAsync<Product>($"/v1/products/{tea.Id}");
        Assert.That(refused, Is.EqualTo(new[] { ("sku", "T"), ("external_id", "1") }), "all of it at once");
        Assert.That(answer.LeftOut.Select(l => (l.Resource, l.Value, l.Reason)), Is.EqualTo(new[] { ("sku", "T", RestoreBinItem.LeftOutReason.Taken), ("external_id", "1", RestoreBinItem.LeftOutReason.Taken) }));
        Assert.That((back.Name, back.Sku, back.ExternalIds.Count, back.Categories.Single()), Is.EqualTo(("Tea", (string?)null, 0, "Drinks")));
        Assert.That((await acme.Http.PatchAsJsonAsync($"/v1/products/{tea.Id}", new { sku = "T" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task An_order_comes_back_without_the_external_id_that_is_anothers_by_now()
    {
        var order = await StateAsync(ana);
        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");
        var other = await StateAsync(ana);

        var refused = await RefusedAsync();
        var answer = await RestoreAsync();

        var back = await acme.GetAsync<Order>($"/v1/orders/{order.Id}");
        Assert.That(refused, Is.EqualTo(new[] { ("external_id", "X") }));
        Assert.That(answer.LeftOut.Select(l => (l.Resource, l.Value)), Is.EqualTo(new[] { ("external_id", "X") }));
        Assert.That((back.Source, back.ExternalId, back.Lines.Count), Is.EqualTo(((string?)null, (string?)null, 1)));
        Assert.That((await acme.GetAsync<Order>("/v1/orders/by-external-id/shop/X")).Id, Is.EqualTo(other.Id));
        Assert.That((await Some.FiguresAsync(acme, ana.Id))!.OrderCount, Is.EqualTo(2));
    }

    [TestCase("interactions")]
    [TestCase("tickets")]
    public async Task An_interaction_or_a_ticket_comes_back_without_its_external_id(string what)
    {
        object body = what == "tickets"
            ? new { customer_id = ana.Id, subject = "Hello", source = "zendesk", external_id = "X" }
            : new { customer_id = ana.Id, channel = "phone", direction = "inbound", subject = "Hello", source = "zendesk", external_id = "X" };
        var gone = (await acme.CreateAsync<JsonElement>($"/v1/{what}", body)).GetProperty("id").GetString();
        await acme.Http.DeleteAsync($"/v1/{what}/{gone}");
        await acme.CreateAsync<JsonElement>($"/v1/{what}", body);

        var refused = await RefusedAsync();
        await RestoreAsync();

        var back = await acme.GetAsync<JsonElement>($"/v1/{what}/{gone}");
        Assert.That(refused, Is.EqualTo(new[] { ("external_id", "X") }));
        Assert.That((back.GetProperty("subject").GetString(), back.TryGetProperty("external_id", out var id) ? id.GetString() : null), Is.EqualTo(("Hello", (string?)null)));
    }

    [Test]
    public async Task A_visitor_who_is_somebody_else_by_now_is_named_by_their_anonymous_id()
    {
        await acme.CreateAsync<JsonElement>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ana.Id });
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var ben = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });
        await acme.CreateAsync<JsonElement>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ben.Id });

        Assert.That(await RefusedAsync(), Is.EqualTo(new[] { ("visitor", "v-1") }));
        Assert.That((await RestoreAsync()).LeftOut.Select(l => (l.Resource, l.Value)), Is.EqualTo(new[] { ("visitor", "v-1") }));
    }

    private async Task<Order> StateAsync(Customer customer) =>
        await TestTenant.ReadAsync<UpsertedOrder>(await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/X", new { CustomerId = customer.Id, Lines = new[] { Some.Line() } }, StrictJson.Options));

    private async Task<(string? Resource, string? Value)[]> RefusedAsync()
    {
        var refused = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/recycle_bin/{await OnlyItemAsync()}/restore", null));
        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "taken_meanwhile")));
        return [.. refused.Document.GetProperty("taken").EnumerateArray().Select(t => (t.GetProperty("resource").GetString(), t.GetProperty("value").GetString()))];
    }

    private async Task<RestoreBinItem.Answer> RestoreAsync() => await acme.CreateAsync<RestoreBinItem.Answer>($"/v1/recycle_bin/{await OnlyItemAsync()}/restore", new { without_taken = true });

    private async Task<string> OnlyItemAsync() => (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.Single().Id.ToString();
}
