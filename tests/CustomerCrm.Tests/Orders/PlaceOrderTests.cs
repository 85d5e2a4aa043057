using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Orders;

public class PlaceOrderTests
{
    private static readonly DateTimeOffset monday = new(2029, 12, 3, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset tuesday = monday.AddDays(1);

    [Test]
    public async Task An_order_says_what_it_comes_to()
    {
        var acme = await TestTenant.NewAsync();

        var order = await acme.CreateAsync<Order>("/v1/orders", new
        {
            Customer = new { Email = Some.Email() },
            OrderNumber = "1001",
            PlacedAt = monday,
            Lines = new[] { Some.Line(1000, quantity: 3, discountMinor: 500, sku: "CUP"), Some.Line(250) },
            DiscountMinor = 750,
            TaxMinor = 380,
            ShippingMinor = 490,
        });

        Assert.That((order.LinesMinor, order.SpendMinor, order.TotalMinor), Is.EqualTo((2750L, 2000L, 2870L)));
        Assert.That((order.Currency, order.SpendTenantMinor, order.IsCounted), Is.EqualTo(("EUR", (long?)2000, true)));
        Assert.That((order.PaymentStatus, order.FulfillmentStatus, order.Revision), Is.EqualTo((PaymentStatus.Pending, FulfillmentStatus.Unfulfilled, 1)));
        var shown = await acme.GetAsync<Order>($"/v1/orders/{order.Id}");
        Assert.That(Order.SaySame(shown, order), Is.True);
        Assert.That(shown.Lines[0], Is.EqualTo(new OrderLine { Sku = "CUP", Name = "A thing", Quantity = 3, UnitPriceMinor = 1000, DiscountMinor = 500 }));
    }

    [Test]
    public async Task The_customers_figures_follow()
    {
        var acme = await TestTenant.NewAsync();
        var first = await Some.OrderAsync(acme, priceMinor: 1000, placedAt: tuesday);

        await Some.OrderAsync(acme, first.CustomerId, priceMinor: 500, placedAt: monday);

        Assert.That(await Some.FiguresAsync(acme, first.CustomerId), Is.EqualTo(new Some.Figures { OrderCount = 2, SpendMinor = 1500, LeftOutCount = 0, FirstOrderAt = monday, LastOrderAt = tuesday }));
        var customer = await acme.GetAsync<Customer>($"/v1/customers/{first.CustomerId}");
        Assert.That((customer.FirstSeenAt, customer.LastSeenAt), Is.EqualTo(((DateTimeOffset?)monday, tuesday)));
    }

    [Test]
    public async Task A_guest_who_comes_again_is_the_same_customer()
    {
        var acme = await TestTenant.NewAsync();
        var email = Some.Email();
        var body = new { Customer = new { Email = email, Name = "Ana" }, Lines = new[] { Some.Line() } };

        var first = await acme.CreateAsync<Order>("/v1/orders", body);
        var second = await acme.CreateAsync<Order>("/v1/orders", body with { Customer = new { Email = email.ToUpperInvariant(), Name = "Somebody" } });

        Assert.That(second.CustomerId, Is.EqualTo(first.CustomerId));
        var customer = await acme.GetAsync<Customer>($"/v1/customers/{first.CustomerId}");
        Assert.That((customer.Name, customer.Email), Is.EqualTo(("Ana", email)));
    }

    [Test]
    public async Task An_order_in_another_currency_counts_at_its_rate_and_is_left_out_without_one()
    {
        var acme = await TestTenant.NewAsync(currency: "KWD");
        var euros = await Some.OrderAsync(acme, priceMinor: 10_000, currency: "EUR", rate: 0.3331m);

        var yen = await Some.OrderAsync(acme, euros.CustomerId, priceMinor: 5_000, currency: "JPY", placedAt: monday);

        Assert.That((euros.SpendMinor, euros.SpendTenantMinor, euros.Rate), Is.EqualTo((10_000L, (long?)33_310, (decimal?)0.3331m)));
        Assert.That((yen.SpendMinor, yen.SpendTenantMinor), Is.EqualTo((5_000L, (long?)null)));
        var figures = await Some.FiguresAsync(acme, euros.CustomerId);
        Assert.That((figures!.OrderCount, figures.SpendMinor, figures.LeftOutCount, figures.FirstOrderAt), Is.EqualTo((2, 33_310L, 1, (DateTimeOffset?)monday)));
    }

    [Test]
    public async Task An_order_whose_payment_failed_is_kept_and_does_not_count()
    {
        var acme = await TestTenant.NewAsync();

        var order = await Some.OrderAsync(acme, paymentStatus: PaymentStatus.Failed);

        Assert.That(order.IsCounted, Is.False);
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.OrderCount, Is.Zero);
        Assert.That(await Some.OrderEventsAsync(acme, order.CustomerId), Is.EqualTo(new[] { "order.placed", "order.payment_failed" }));
    }

    [Test]
    public async Task Another_tenants_customer_is_not_found_just_as_one_who_never_was()
    {
        var acme = await TestTenant.NewAsync();
        var stranger = await Some.OrderAsync(await TestTenant.NewAsync());

        var foreign = await acme.Http.PostAsJsonAsync("/v1/orders", new { stranger.CustomerId, Lines = new[] { Some.Line() } }, StrictJson.Options);
        var nobody = await acme.Http.PostAsJsonAsync("/v1/orders", new { CustomerId = Id<Customer>.New(), Lines = new[] { Some.Line() } }, StrictJson.Options);

        Assert.That((await Problem.OfAsync(foreign)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Problem.OfAsync(nobody)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.GetAsync<System.Text.Json.JsonElement>("/v1/orders")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_external_id_that_is_known_is_a_conflict_that_names_the_order()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Source = "Shop", ExternalId = "A-1", Customer = new { Email = Some.Email() }, Lines = new[] { Some.Line() } };
        var order = await acme.CreateAsync<Order>("/v1/orders", body);

        var again = await acme.Http.PostAsJsonAsync("/v1/orders", body, StrictJson.Options);

        var problem = await Problem.OfAsync(again);
        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.Conflict, "order_exists")));
        Assert.That(problem.Document.GetProperty("order_id").GetString(), Is.EqualTo(order.Id.ToString()));
        Assert.That((order.Source, order.ExternalId), Is.EqualTo(("shop", "A-1")));
        Assert.That((await acme.GetAsync<Order>("/v1/orders/by-external-id/SHOP/A-1")).Id, Is.EqualTo(order.Id));
    }

    [TestCase("""{"lines":[{"name":"x","quantity":1,"unit_price_minor":1}]}""", "/customer_id")]
    [TestCase("""{"customer":{},"lines":[{"name":"x","quantity":1,"unit_price_minor":1}]}""", "/customer")]
    [TestCase("""{"customer":{"email":"no"},"lines":[{"name":"x","quantity":1,"unit_price_minor":1}]}""", "/customer/email")]
    [TestCase("""{"customer_id":"CUS","customer":{"email":"a@example.com"},"lines":[{"name":"x","quantity":1,"unit_price_minor":1}]}""", "/customer")]
    [TestCase("""{"customer_id":"CUS"}""", "/lines")]
    [TestCase("""{"customer_id":"CUS","lines":[]}""", "/lines")]
    [TestCase("""{"customer_id":"CUS","lines":[null]}""", "/lines/0")]
    [TestCase("""{"customer_id":"CUS","lines":[{}]}""", "/lines/0/name", "/lines/0/quantity", "/lines/0/unit_price_minor")]
    [TestCase("""{"customer_id":"CUS","lines":[{"name":"x","quantity":0,"unit_price_minor":-1,"discount_minor":-1,"sku":""}]}""",
        "/lines/0/sku", "/lines/0/quantity", "/lines/0/unit_price_minor", "/lines/0/discount_minor")]
    [TestCase("""{"customer_id":"CUS","lines":[{"name":"x","quantity":1000001,"unit_price_minor":1000000000001}]}""", "/lines/0/quantity", "/lines/0/unit_price_minor")]
    [TestCase("""{"customer_id":"CUS","lines":[{"name":"x","quantity":2,"unit_price_minor":10,"discount_minor":21}]}""", "/lines/0/discount_minor")]
    [TestCase("""{"customer_id":"CUS","lines":[{"name":"x","quantity":1000000,"unit_price_minor":1000000000000}]}""", "/lines")]
    [TestCase("""{"customer_id":"CUS","discount_minor":11,"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/discount_minor")]
    [TestCase("""{"customer_id":"CUS","tax_minor":11,"is_tax_included":true,"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/tax_minor")]
    [TestCase("""{"customer_id":"CUS","tax_minor":-1,"shipping_minor":-1,"discount_minor":-1,"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/discount_minor", "/tax_minor", "/shipping_minor")]
    [TestCase("""{"customer_id":"CUS","currency":"EURO","order_number":"","lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/order_number", "/currency")]
    [TestCase("""{"customer_id":"CUS","currency":"USD","rate":0,"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/rate")]
    [TestCase("""{"customer_id":"CUS","currency":"USD","rate":1000001,"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/rate")]
    [TestCase("""{"customer_id":"CUS","currency":"USD","rate":1000000,"lines":[{"name":"x","quantity":1,"unit_price_minor":10000000}]}""", "/rate")]
    [TestCase("""{"customer_id":"CUS","rate":0.9,"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/rate")]
    [TestCase("""{"customer_id":"CUS","placed_at":"2030-01-17T00:00:00Z","cancelled_at":"2030-01-17T00:00:00Z","lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/placed_at", "/cancelled_at")]
    [TestCase("""{"customer_id":"CUS","source":"shop","lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/external_id")]
    [TestCase("""{"customer_id":"CUS","external_id":"1","lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/source")]
    [TestCase("""{"customer_id":"CUS","source":"my shop","external_id":"1","lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/source")]
    [TestCase("""{"customer_id":"CUS","source":"shop","external_id":" ","lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/external_id")]
    [TestCase("""{"customer_id":"CUS","refunds":[{"amount_minor":1}],"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/refunds/0/external_id")]
    [TestCase("""{"customer_id":"CUS","refunds":[{"external_id":"r","amount_minor":11}],"lines":[{"name":"x","quantity":1,"unit_price_minor":10}]}""", "/refunds/0/amount_minor")]
    public async Task What_is_wrong_is_named_and_nothing_is_written(string body, params string[] pointers)
    {
        var acme = await TestTenant.NewAsync();
        var known = await Some.OrderAsync(acme);

        var refused = await acme.Http.PostAsync("/v1/orders", new StringContent(body.Replace("CUS", known.CustomerId.ToString(), StringComparison.Ordinal), null, "application/json"));

        var problem = await Problem.OfAsync(refused);
        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "validation_failed")));
        Assert.That(problem.Pointers, Is.EquivalentTo(pointers));
        Assert.That((await Some.FiguresAsync(acme, known.CustomerId))!.OrderCount, Is.EqualTo(1));
    }

    [TestCase("""{"quantity":1.5}""")]
    [TestCase("""{"customer_id":"cus_1"}""")]
    [TestCase("""{"payment_status":"lost"}""")]
    [TestCase("""{"payment_status":3}""")]
    [TestCase("""{"discount_minor":99999999999999999999}""")]
    [TestCase("""{"placed_at":"yesterday"}""")]
    [TestCase("""{"total_minor":5}""")]
    [TestCase("""[]""")]
    public async Task What_cannot_be_read_is_refused(string body)
    {
        var acme = await TestTenant.NewAsync();

        var refused = await acme.Http.PostAsync("/v1/orders", new StringContent(body, null, "application/json"));

        Assert.That((await Problem.OfAsync(refused)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_tenants_currency_is_fixed_by_the_first_order()
    {
        var acme = await TestTenant.NewAsync(currency: "EUR");
        var before = await acme.Http.PatchAsJsonAsync("/v1/tenant", new { Currency = "USD" }, StrictJson.Options);
        var order = await Some.OrderAsync(acme);

        var after = await acme.Http.PatchAsJsonAsync("/v1/tenant", new { Currency = "EUR" }, StrictJson.Options);

        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(order.Currency, Is.EqualTo("USD"));
        Assert.That((await Problem.OfAsync(after)).Code, Is.EqualTo("currency_in_use"));
    }

    [Test]
    public async Task An_order_worked_out_in_a_currency_that_has_been_changed_since_is_not_kept()
    {
        var acme = await TestTenant.NewAsync(currency: "USD");

        await acme.WithScopeAsync(async services =>
        {
            var held = services.GetRequiredService<HeldCurrency>();
            await held.HoldAsync("USD", default);
            var late = Assert.ThrowsAsync<ApiProblem>(() => held.HoldAsync("EUR", default));
            Assert.That(late!.Code, Is.EqualTo("changed_meanwhile"));
        });
    }

    [Test]
    public async Task Two_hundred_and_one_lines_are_too_many()
    {
        var acme = await TestTenant.NewAsync();

        var refused = await acme.Http.PostAsJsonAsync("/v1/orders", new { Customer = new { Email = Some.Email() }, Lines = Enumerable.Repeat(Some.Line(), 201) }, StrictJson.Options);

        Assert.That((await Problem.OfAsync(refused)).Pointers, Is.EqualTo(new[] { "/lines" }));
    }
}
