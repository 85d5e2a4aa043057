using System.Text.Json;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Storefronts.Shopify;
using CustomerCrm.Storefronts.WooCommerce;

namespace CustomerCrm.Tests.Storefronts;

/// <summary>What shops say an order comes to, to the last minor unit.</summary>
public class ShopOrderTests
{
    [Test]
    public void A_Shopify_order_with_tax_included_discounts_shipping_and_a_tip()
    {
        var (order, note) = Shopify("""
            {"id":450789469,"name":"#1001","currency":"EUR","taxes_included":true,"total_tax":"6.00","total_discounts":"3.00","total_price":"39.90","total_tip_received":"2.00",
             "financial_status":"paid","fulfillment_status":"partial","processed_at":"2030-01-10T10:00:00+01:00","updated_at":"2030-01-10T10:05:00+01:00",
             "line_items":[{"id":1,"product_id":77,"sku":"TEA-1","name":"Tea","quantity":2,"price":"10.00","discount_allocations":[{"amount":"1.00"},{"amount":"2.00"}],"tax_lines":[{"price":"2.71"}]},
                           {"id":2,"title":"Pot","quantity":1,"price":"15.00","discount_allocations":[],"tax_lines":[{"price":"2.50"}]},
                           {"id":3,"title":"Removed","quantity":0,"price":"15.00"}],
             "shipping_lines":[{"price":"7.90","discounted_price":"5.90"}],
             "customer":{"id":207119551,"email":"bob@example.com","first_name":"Bob","default_address":{"country_code":"AT","city":"Wien","zip":"1010"}}}
            """);

        Assert.That(note, Is.Null);
        Assert.That(order.Lines.Select(l => (l.Sku, l.ProductExternalId, l.Quantity, l.UnitPriceMinor, l.DiscountMinor)), Is.EqualTo(new (string?, string?, int?, long?, long)[]
        {
            ("TEA-1", "77", 2, 1000, 300), (null, null, 1, 1500, 0), (null, null, 1, 200, 0),
        }));
        Assert.That((order.TaxMinor, order.IsTaxIncluded, order.ShippingMinor, order.DiscountMinor), Is.EqualTo((521L, true, 590L, 0L)), "the tax of the lines; that of the shipping stands in its price");
        Assert.That((order.PaymentStatus, order.FulfillmentStatus, order.OrderNumber), Is.EqualTo((PaymentStatus.Paid, FulfillmentStatus.PartiallyFulfilled, "#1001")));
        Assert.That((order.Customer!.ExternalIds![0].Id, order.Customer.Country.Value, order.Customer.City.Value), Is.EqualTo(("207119551", "AT", "Wien")));
    }

    [TestCase("JPY", "1200", "1200", 1200)]
    [TestCase("KWD", "1.250", "1.250", 1250)]
    [TestCase("USD", "12.00", "12.0", 1200)]
    public void Amounts_have_the_digits_of_their_currency(string currency, string price, string total, long minor)
    {
        var (order, note) = Shopify($$"""{"id":1,"currency":"{{currency}}","total_price":"{{total}}","line_items":[{"name":"x","quantity":1,"price":"{{price}}"}]}""");

        Assert.That((order.Lines[0].UnitPriceMinor, note), Is.EqualTo(((long?)minor, (string?)null)));
    }

    [Test]
    public void A_sum_that_is_not_that_of_its_parts_is_said()
    {
        var (_, note) = Shopify("""{"id":1,"currency":"EUR","total_price":"10.05","line_items":[{"name":"x","quantity":1,"price":"10.00"}]}""");

        Assert.That(note, Does.Contain("1005").And.Contain("1000"));
    }

    [Test]
    public void Refunds_never_take_more_than_there_is()
    {
        var (order, _) = Shopify("""
            {"id":1,"currency":"EUR","total_price":"17.00","total_tax":"2.00","line_items":[{"name":"x","quantity":1,"price":"10.00"}],"shipping_lines":[{"price":"5.00"}],
             "refunds":[{"id":11,"created_at":"2030-01-11T00:00:00Z","refund_line_items":[{"subtotal":"5.00","total_tax":"1.00"}],"transactions":[{"kind":"refund","status":"success","amount":"6.00"},{"kind":"refund","status":"failure","amount":"6.00"}]},
                        {"id":12,"order_adjustments":[{"kind":"shipping_refund","amount":"-5.00","tax_amount":"0.00"}],"transactions":[{"kind":"refund","status":"success","amount":"5.00"}]},
                        {"id":13,"transactions":[{"kind":"refund","status":"success","amount":"100.00"}]},
                        {"id":14,"refund_line_items":[]}]}
            """);

        Assert.That(order.Refunds!.Select(r => (r.ExternalId, r.AmountMinor, r.TaxMinor, r.ShippingMinor)), Is.EqualTo(new (string?, long?, long?, long?)[] { ("11", 600, 100, 0), ("12", 500, 0, 500), ("13", 600, 100, 0) }));
    }

    [Test]
    public void A_WooCommerce_order_whose_prices_do_not_divide_is_right_all_the_same()
    {
        var order = WooOrder.Of(JsonElement.Parse("""
            {"id":727,"number":"727","currency":"EUR","status":"processing","date_created_gmt":"2030-01-10T09:00:00","date_modified_gmt":"2030-01-10T09:05:00","prices_include_tax":true,
             "total":"30.34","total_tax":"4.84","shipping_total":"5.00","shipping_tax":"0.95","discount_total":"1.00","customer_id":0,
             "billing":{"first_name":"Ada","email":"ada@example.com","phone":"not a number","country":"DE","city":"Köln","postcode":"50667"},
             "line_items":[{"name":"Tea","product_id":93,"quantity":3,"subtotal":"20.00","total":"19.00","sku":""}],
             "fee_lines":[{"name":"Gift wrap","total":"2.50"},{"name":"Regular","total":"-1.00"}],
             "refunds":[{"id":900,"reason":"broken","total":"-10.00"}]}
            """), "shop", "AT");

        Assert.That(order.Note, Is.Null);
        Assert.That(order.Details.Lines.Sum(l => l.UnitPriceMinor!.Value * l.Quantity!.Value - l.DiscountMinor), Is.EqualTo(1900 + 250));
        Assert.That((order.Details.DiscountMinor, order.Details.TaxMinor, order.Details.IsTaxIncluded, order.Details.ShippingMinor), Is.EqualTo((100L, 484L, false, 500L)));
        Assert.That((order.Details.PlacedAt, order.Details.PaymentStatus, order.Details.Customer!.Email, order.Details.Customer.Phone, order.Details.Customer.ExternalIds), Is.EqualTo((new DateTimeOffset(2030, 1, 10, 9, 0, 0, TimeSpan.Zero), PaymentStatus.Paid, "ada@example.com", (string?)null, (object?)null)));
        Assert.That(order.Details.Refunds!.Single().AmountMinor, Is.EqualTo(1000));
    }

    [Test]
    public void Of_a_payment_that_failed_nothing_is_paid_back()
    {
        var order = WooOrder.Of(JsonElement.Parse("""
            {"id":727,"currency":"EUR","status":"failed","total":"10.00","line_items":[{"name":"Tea","quantity":1,"subtotal":"10.00","total":"10.00"}],"refunds":[{"id":900,"total":"-10.00"}]}
            """), "shop", "AT");

        Assert.That((order.Details.PaymentStatus, order.Details.Refunds!.Count), Is.EqualTo(((PaymentStatus?)PaymentStatus.Failed, 0)));
    }

    [Test]
    public void Somebody_of_whom_nothing_is_known_is_the_guest_of_their_order()
    {
        var (order, _) = Shopify("""{"id":99,"currency":"EUR","customer":null,"line_items":[{"name":"x","quantity":1,"price":"1.00"}]}""");

        Assert.That(order.Customer!.ExternalIds!.Single().Id, Is.EqualTo("guest-99"));
    }

    private static (UpsertOrders.Item Order, string? Note) Shopify(string json)
    {
        var order = ShopifyOrder.Of(JsonElement.Parse(json), "shop", "AT");
        return (order.Details, order.Note);
    }
}
