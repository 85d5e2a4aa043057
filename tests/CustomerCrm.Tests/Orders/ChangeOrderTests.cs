using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Orders;

public class ChangeOrderTests
{
    private static readonly DateTimeOffset monday = new(2029, 12, 3, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task What_is_absent_stays()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, taxMinor: 190, placedAt: monday);

        var changed = await TestTenant.ReadAsync<Order>(await Some.PatchAsync(acme, order, new { DiscountMinor = 100, OrderNumber = "7" }));

        Assert.That((changed.SpendMinor, changed.TaxMinor, changed.PlacedAt, changed.OrderNumber, changed.Revision), Is.EqualTo((900L, 190L, monday, "7", 2)));
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.SpendMinor, Is.EqualTo(900));
    }

    [Test]
    public async Task An_order_goes_its_way_step_by_step()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme);

        await Some.PatchAsync(acme, order, new { PaymentStatus = PaymentStatus.Paid });
        await Some.PatchAsync(acme, order, new { FulfillmentStatus = FulfillmentStatus.Shipped });
        await Some.PatchAsync(acme, order, new { FulfillmentStatus = FulfillmentStatus.Shipped });
        await Some.PatchAsync(acme, order, new { FulfillmentStatus = FulfillmentStatus.Delivered });

        Assert.That(await Some.OrderEventsAsync(acme, order.CustomerId), Is.EqualTo(new[] { "order.placed", "order.paid", "order.shipped", "order.delivered" }));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).Revision, Is.EqualTo(4));
    }

    [Test]
    public async Task A_change_of_what_was_read_before_somebody_else_changed_it_is_refused()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme);
        var first = await Some.PatchAsync(acme, order, new { OrderNumber = "1" }, ifMatch: "\"r1\"");

        var second = await Some.PatchAsync(acme, order, new { OrderNumber = "2" }, ifMatch: "\"r1\"");

        Assert.That(first.Headers.ETag?.Tag, Is.EqualTo("\"r2\""));
        Assert.That((await Problem.OfAsync(second)).Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    [Test]
    public async Task An_order_that_moves_takes_its_spend_and_its_refunds_along()
    {
        var acme = await TestTenant.NewAsync();
        var (wrong, right) = (await Some.OrderAsync(acme, priceMinor: 1000, placedAt: monday), await Some.OrderAsync(acme, priceMinor: 1));
        await Some.RefundAsync(acme, wrong, new { AmountMinor = 200 });

        await Some.PatchAsync(acme, wrong, new { right.CustomerId });

        var (from, to) = (await Some.FiguresAsync(acme, wrong.CustomerId), await Some.FiguresAsync(acme, right.CustomerId));
        Assert.That((from!.OrderCount, from.SpendMinor, from.FirstOrderAt), Is.EqualTo((0, 0L, (DateTimeOffset?)null)));
        Assert.That((to!.OrderCount, to.SpendMinor, to.FirstOrderAt), Is.EqualTo((2, 801L, (DateTimeOffset?)monday)));
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{wrong.CustomerId}")).FirstSeenAt, Is.Null);
        Assert.That((await acme.GetAsync<Customer>($"/v1/customers/{right.CustomerId}")).FirstSeenAt, Is.EqualTo(monday));
        Assert.That((await Some.OrderEventsAsync(acme, wrong.CustomerId))[^1], Is.EqualTo("order.moved"));
        Assert.That((await Some.OrderEventsAsync(acme, right.CustomerId))[^1], Is.EqualTo("order.updated"));
    }

    [Test]
    public async Task An_order_cannot_move_to_another_tenants_customer()
    {
        var acme = await TestTenant.NewAsync();
        var (order, stranger) = (await Some.OrderAsync(acme), await Some.OrderAsync(await TestTenant.NewAsync()));

        var refused = await Some.PatchAsync(acme, order, new { stranger.CustomerId });

        Assert.That((await Problem.OfAsync(refused)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).CustomerId, Is.EqualTo(order.CustomerId));
    }

    [Test]
    public async Task An_orders_currency_stays_once_money_was_paid_back_in_it()
    {
        var acme = await TestTenant.NewAsync(currency: "EUR");
        var order = await Some.OrderAsync(acme, priceMinor: 1000);
        var early = await Some.PatchAsync(acme, order, new { Currency = "USD", Rate = 0.9m });
        await Some.RefundAsync(acme, order, new { AmountMinor = 500 });

        var late = await Problem.OfAsync(await Some.PatchAsync(acme, order, new { Currency = "JPY" }));
        var same = await Some.PatchAsync(acme, order, new { Currency = "USD", OrderNumber = "7" });

        Assert.That((early.StatusCode, same.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That((late.Status, late.Code), Is.EqualTo((HttpStatusCode.Conflict, "order_has_refunds")));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).Currency, Is.EqualTo("USD"));
    }

    [TestCase("""{"currency":null}""", "/currency")]
    [TestCase("""{"lines":null}""", "/lines")]
    [TestCase("""{"lines":[]}""", "/lines")]
    [TestCase("""{"lines":[null]}""", "/lines/0")]
    [TestCase("""{"lines":[{"name":"","quantity":1,"unit_price_minor":1}]}""", "/lines/0/name")]
    [TestCase("""{"discount_minor":1001}""", "/discount_minor")]
    [TestCase("""{"tax_minor":-1}""", "/tax_minor")]
    [TestCase("""{"rate":2}""", "/rate")]
    [TestCase("""{"placed_at":"2031-01-01T00:00:00Z"}""", "/placed_at")]
    public async Task What_is_wrong_is_named(string body, string pointer)
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);

        var refused = await acme.Http.PatchAsync($"/v1/orders/{order.Id}", new StringContent(body, null, "application/json"));

        var problem = await Problem.OfAsync(refused);
        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { pointer })));
    }

    [Test]
    public async Task What_an_order_always_has_cannot_be_cleared()
    {
        string[] always = ["customer_id", "placed_at", "currency", "lines", "discount_minor", "tax_minor", "is_tax_included", "shipping_minor", "payment_status", "fulfillment_status"];
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme);

        var refused = await acme.Http.PatchAsJsonAsync($"/v1/orders/{order.Id}", always.ToDictionary(member => member, _ => (object?)null));

        var problem = await Problem.OfAsync(refused);
        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.Errors, Is.EquivalentTo(always.Select(member => ($"/{member}", "required"))));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).Revision, Is.EqualTo(order.Revision));
    }

    [Test]
    public async Task A_cancelled_order_is_no_purchase_until_that_is_taken_back()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);

        var cancelled = await acme.CreateAsync<Order>($"/v1/orders/{order.Id}/cancellation", new { Reason = "Changed her mind" });
        var again = await TestTenant.ReadAsync<Order>(await acme.Http.PostAsync($"/v1/orders/{order.Id}/cancellation", null));
        var without = await Some.FiguresAsync(acme, order.CustomerId);
        var back = await TestTenant.ReadAsync<Order>(await acme.Http.DeleteAsync($"/v1/orders/{order.Id}/cancellation"));

        Assert.That((cancelled.CancelledAt, cancelled.CancellationReason, cancelled.IsCounted), Is.EqualTo(((DateTimeOffset?)TestApi.Clock.GetUtcNow(), "Changed her mind", false)));
        Assert.That((again.Revision, again.CancellationReason), Is.EqualTo((2, "Changed her mind")));
        Assert.That((without!.OrderCount, without.SpendMinor), Is.EqualTo((0, 0L)));
        Assert.That((back.CancelledAt, back.IsCounted), Is.EqualTo(((DateTimeOffset?)null, true)));
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.SpendMinor, Is.EqualTo(1000));
        Assert.That(await Some.OrderEventsAsync(acme, order.CustomerId), Is.EqualTo(new[] { "order.placed", "order.cancelled", "order.updated" }));
    }

    [Test]
    public async Task A_deleted_order_is_gone_from_the_figures_too()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme);
        await Some.RefundAsync(acme, order, new { AmountMinor = 1 });

        var deleted = await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await acme.Http.GetAsync($"/v1/orders/{order.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.OrderCount, Is.Zero);
        Assert.That((await Some.OrderEventsAsync(acme, order.CustomerId))[^1], Is.EqualTo("order.removed"));
    }

    [Test]
    public async Task Another_tenants_order_is_not_found()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var theirs = await Some.OrderAsync(other);

        HttpResponseMessage[] answers =
        [
            await acme.Http.GetAsync($"/v1/orders/{theirs.Id}"),
            await Some.PatchAsync(acme, theirs, new { OrderNumber = "7" }),
            await acme.Http.DeleteAsync($"/v1/orders/{theirs.Id}"),
            await acme.Http.PostAsJsonAsync($"/v1/orders/{theirs.Id}/cancellation", new { }, StrictJson.Options),
            await acme.Http.GetAsync($"/v1/orders/{theirs.Id}/refunds"),
            await Some.RefundAsync(acme, theirs, new { AmountMinor = 1 }),
            await acme.Http.GetAsync($"/v1/orders/{Id<Order>.New()}"),
            await acme.Http.GetAsync("/v1/orders/nonsense"),
        ];

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await other.GetAsync<Order>($"/v1/orders/{theirs.Id}")).Revision, Is.EqualTo(1));
    }
}
