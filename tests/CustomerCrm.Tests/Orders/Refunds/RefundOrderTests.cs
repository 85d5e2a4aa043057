using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Orders;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Orders.Refunds;

public class RefundOrderTests
{
    [Test]
    public async Task A_whole_refund_takes_everything_that_is_left()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, taxMinor: 190, shippingMinor: 490, paymentStatus: PaymentStatus.Paid);
        await Some.RefundAsync(acme, order, new { AmountMinor = 300 });

        var rest = await TestTenant.ReadAsync<Refund>(await Some.RefundAsync(acme, order, new { Reason = "Broken" }));

        Assert.That((rest.AmountMinor, rest.GoodsMinor, rest.TaxMinor, rest.ShippingMinor), Is.EqualTo((1380L, 700L, 190L, 490L)));
        var after = await acme.GetAsync<Order>($"/v1/orders/{order.Id}");
        Assert.That((after.RefundedMinor, after.SpendMinor, after.PaymentStatus, after.IsCounted), Is.EqualTo((1680L, 0L, PaymentStatus.Refunded, true)));
        var figures = await Some.FiguresAsync(acme, order.CustomerId);
        Assert.That((figures!.OrderCount, figures.SpendMinor), Is.EqualTo((1, 0L)));
        Assert.That(await Some.OrderEventsAsync(acme, order.CustomerId), Is.EqualTo(new[] { "order.placed", "order.paid", "order.refunded", "order.refunded" }));
    }

    [Test]
    public async Task Only_the_part_for_goods_is_off_the_spend()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, taxMinor: 190, shippingMinor: 490);

        await Some.RefundAsync(acme, order, new { AmountMinor = 700, ShippingMinor = 490, TaxMinor = 10 });

        var after = await acme.GetAsync<Order>($"/v1/orders/{order.Id}");
        Assert.That((after.RefundedMinor, after.SpendMinor, after.PaymentStatus), Is.EqualTo((700L, 800L, PaymentStatus.PartiallyRefunded)));
    }

    [Test]
    public async Task A_refund_is_off_the_spend_in_the_tenants_currency()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, currency: "JPY", rate: 0.0061m);

        await Some.RefundAsync(acme, order, new { AmountMinor = 500 });

        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.SpendMinor, Is.EqualTo(305));
    }

    [TestCase("""{"amount_minor":1681}""", "/amount_minor")]
    [TestCase("""{"amount_minor":0}""", "/amount_minor")]
    [TestCase("""{"amount_minor":-5}""", "/amount_minor")]
    [TestCase("""{"amount_minor":100,"tax_minor":191}""", "/tax_minor")]
    [TestCase("""{"amount_minor":600,"shipping_minor":491}""", "/shipping_minor")]
    [TestCase("""{"amount_minor":100,"tax_minor":90,"shipping_minor":11}""", "/amount_minor")]
    [TestCase("""{"amount_minor":1200,"tax_minor":0}""", "/amount_minor")]
    [TestCase("""{"tax_minor":10}""", "/amount_minor")]
    [TestCase("""{"amount_minor":1,"reason":"","external_id":""}""", "/external_id", "/reason")]
    [TestCase("""{"amount_minor":1,"refunded_at":"2031-01-01T00:00:00Z"}""", "/refunded_at")]
    public async Task More_than_there_is_cannot_be_paid_back(string body, params string[] pointers)
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, taxMinor: 190, shippingMinor: 490);

        var refused = await Some.RefundAsync(acme, order, System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(body));

        var problem = await Problem.OfAsync(refused);
        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointers)));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_left_of_what_was_paid_back()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme);
        await Some.RefundAsync(acme, order, new { });

        var again = await Some.RefundAsync(acme, order, new { });

        Assert.That((await Problem.OfAsync(again)).Pointers, Is.EqualTo(new[] { "/amount_minor" }));
    }

    [Test]
    public async Task Without_a_key_it_is_refused_and_with_the_same_key_it_happens_once()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);

        var keyless = await acme.Http.PostAsJsonAsync($"/v1/orders/{order.Id}/refunds", new { AmountMinor = 100 }, StrictJson.Options);
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Some.RefundAsync(acme, order, new { AmountMinor = 100 }, key: "once")));

        Assert.That((await Problem.OfAsync(keyless)).Code, Is.EqualTo("idempotency_key_required"));
        Assert.That(all.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).RefundedMinor, Is.EqualTo(100));
    }

    [Test]
    public async Task Many_at_once_do_not_pay_back_more_than_there_is()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Some.RefundAsync(acme, order, new { AmountMinor = 300 })));

        Assert.That(all.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(3));
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.SpendMinor, Is.EqualTo(100));
    }

    [Test]
    public async Task An_external_id_refunds_once()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);
        await Some.RefundAsync(acme, order, new { AmountMinor = 100, ExternalId = "R-1" });

        var again = await Some.RefundAsync(acme, order, new { AmountMinor = 100, ExternalId = "R-1" });

        Assert.That((await Problem.OfAsync(again)).Code, Is.EqualTo("refund_exists"));
    }

    [Test]
    public async Task A_payment_that_failed_cannot_be_paid_back_but_a_cancelled_order_can()
    {
        var acme = await TestTenant.NewAsync();
        var (failed, cancelled) = (await Some.OrderAsync(acme, paymentStatus: PaymentStatus.Failed), await Some.OrderAsync(acme));
        await acme.CreateAsync<Order>($"/v1/orders/{cancelled.Id}/cancellation", new { });

        var refused = await Some.RefundAsync(acme, failed, new { });
        var refunded = await Some.RefundAsync(acme, cancelled, new { });

        Assert.That((await Problem.OfAsync(refused)).Code, Is.EqualTo("nothing_paid"));
        Assert.That(refunded.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Refunds_are_listed_and_shown()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);
        var late = await TestTenant.ReadAsync<Refund>(await Some.RefundAsync(acme, order, new { AmountMinor = 100, RefundedAt = "2029-12-05T00:00:00Z" }));
        var response = await Some.RefundAsync(acme, order, new { AmountMinor = 200, RefundedAt = "2029-12-04T00:00:00Z" });
        var early = await TestTenant.ReadAsync<Refund>(response);

        var listed = await acme.GetAsync<Page<Refund>>($"/v1/orders/{order.Id}/refunds");

        Assert.That(listed.Data, Is.EqualTo(new[] { early, late }));
        Assert.That(await acme.GetAsync<Refund>(response.Headers.Location!.ToString()), Is.EqualTo(early));
    }

    [Test]
    public async Task Lines_that_are_taken_out_after_their_refund_leave_no_debt()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000);
        await Some.RefundAsync(acme, order, new { AmountMinor = 600 });

        var smaller = await TestTenant.ReadAsync<Order>(await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(400) } }));

        Assert.That((smaller.SpendMinor, smaller.PaymentStatus), Is.EqualTo((0L, PaymentStatus.Refunded)));
    }

    [Test]
    public async Task An_order_that_grows_again_after_all_of_it_was_paid_back_is_worth_the_rest()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, paymentStatus: PaymentStatus.Paid);
        await Some.RefundAsync(acme, order, new { AmountMinor = 500 });

        var smaller = await TestTenant.ReadAsync<Order>(await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(500) } }));
        var again = await TestTenant.ReadAsync<Order>(await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(1000) } }));

        Assert.That((smaller.PaymentStatus, smaller.SpendMinor), Is.EqualTo((PaymentStatus.Refunded, 0L)));
        Assert.That((again.PaymentStatus, again.RefundedMinor, again.SpendMinor), Is.EqualTo((PaymentStatus.PartiallyRefunded, 500L, 500L)));
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.SpendMinor, Is.EqualTo(500));
    }

    [Test]
    public async Task An_order_that_was_said_to_be_refunded_stays_so_when_its_lines_change()
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 1000, paymentStatus: PaymentStatus.Refunded);

        var grown = await TestTenant.ReadAsync<Order>(await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(2000) } }));

        Assert.That((grown.PaymentStatus, grown.SpendMinor), Is.EqualTo((PaymentStatus.Refunded, 0L)));
    }

    [TestCase(300, 0)]
    [TestCase(450, 20)]
    public async Task No_more_is_paid_back_than_an_order_comes_to_since_it_became_smaller(long goods, long left)
    {
        var acme = await TestTenant.NewAsync();
        var order = await Some.OrderAsync(acme, priceMinor: 500, taxMinor: 50, shippingMinor: 20, paymentStatus: PaymentStatus.Paid);
        await Some.RefundAsync(acme, order, new { AmountMinor = 500 });
        await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(goods) } });

        var tooMuch = await Problem.OfAsync(await Some.RefundAsync(acme, order, new { AmountMinor = left + 1, TaxMinor = left + 1 }));
        await Some.RefundAsync(acme, order, new { });

        Assert.That((tooMuch.Status, tooMuch.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/amount_minor" })));
        var after = await acme.GetAsync<Order>($"/v1/orders/{order.Id}");
        Assert.That((after.RefundedMinor, after.PaymentStatus), Is.EqualTo((500 + left, PaymentStatus.Refunded)));
    }
}
