using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Orders;

public class UpsertOrdersTests
{
    [Test]
    public async Task Each_item_has_its_own_answer_and_a_bad_one_undoes_nothing()
    {
        var acme = await TestTenant.NewAsync();
        var stranger = await Some.OrderAsync(await TestTenant.NewAsync());
        var email = Some.Email();
        object[] items =
        [
            new { Source = "shop", ExternalId = "1", Customer = new { Email = email }, Lines = new[] { Some.Line() } },
            new { Source = "shop", ExternalId = "2", Customer = new { Email = email }, Lines = new[] { Some.Line() }, DiscountMinor = 5000 },
            new { Source = "shop", ExternalId = "3", stranger.CustomerId, Lines = new[] { Some.Line() } },
            new { Source = "shop", Customer = new { Email = email }, Lines = new[] { Some.Line() } },
            new { Source = "shop", ExternalId = "1", Customer = new { Email = email }, Lines = new[] { Some.Line(3000) } },
        ];

        var response = await acme.Http.PostAsJsonAsync("/v1/orders/batch", new { Items = items }, StrictJson.Options);

        var results = (await TestTenant.ReadAsync<JsonElement>(response)).GetProperty("results").EnumerateArray().ToArray();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MultiStatus));
        Assert.That(results.Select(r => r.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 422, 404, 422, 200 }));
        Assert.That(results[1].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/discount_minor"));
        Assert.That(results[4].GetProperty("data").GetProperty("outcome").GetString(), Is.EqualTo("updated"));
        var customerId = Id<Customer>.Parse(results[0].GetProperty("data").GetProperty("customer_id").GetString()!);
        Assert.That((await Some.FiguresAsync(acme, customerId))!.SpendMinor, Is.EqualTo(3000));
    }

    [TestCase("""{"items":[]}""")]
    [TestCase("""{}""")]
    [TestCase("""{"items":[null]}""")]
    public async Task A_batch_of_nothing_is_refused(string body)
    {
        var acme = await TestTenant.NewAsync();

        var response = await acme.Http.PostAsync("/v1/orders/batch", new StringContent(body, null, "application/json"));

        Assert.That((await Problem.OfAsync(response)).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task Two_hundred_and_one_items_are_too_many()
    {
        var acme = await TestTenant.NewAsync();
        var items = Enumerable.Range(0, 201).Select(i => new { Source = "shop", ExternalId = $"{i}", Customer = new { Email = Some.Email() }, Lines = new[] { Some.Line() } });

        var response = await acme.Http.PostAsJsonAsync("/v1/orders/batch", new { Items = items }, StrictJson.Options);

        Assert.That((await Problem.OfAsync(response)).Pointers, Is.EqualTo(new[] { "/items" }));
    }
}
