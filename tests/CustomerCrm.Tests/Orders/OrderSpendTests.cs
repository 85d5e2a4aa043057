using CustomerCrm.Orders;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Orders.Spending;

namespace CustomerCrm.Tests.Orders;

public class OrderSpendTests
{
    private static readonly DateTimeOffset someTime = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase(PaymentStatus.Pending, true)]
    [TestCase(PaymentStatus.Authorized, true)]
    [TestCase(PaymentStatus.Paid, true)]
    [TestCase(PaymentStatus.PartiallyRefunded, true)]
    [TestCase(PaymentStatus.Refunded, true)]
    [TestCase(PaymentStatus.Failed, false)]
    [TestCase(PaymentStatus.Voided, false)]
    public void An_order_counts_unless_its_payment_came_to_nothing(PaymentStatus payment, bool counts) =>
        Assert.That(OrderSpend.Counts(payment, cancelledAt: null), Is.EqualTo(counts));

    [Test]
    public void A_cancelled_order_does_not_count() => Assert.That(OrderSpend.Counts(PaymentStatus.Paid, someTime), Is.False);

    [Test]
    public void Tax_inside_the_prices_is_no_spend_and_is_paid_once()
    {
        Assert.That(OrderSpend.GoodsMinor(lines: 1190, discount: 0, tax: 190, isTaxIncluded: true), Is.EqualTo(1000));
        Assert.That(OrderSpend.TotalMinor(lines: 1190, discount: 0, tax: 190, isTaxIncluded: true, shipping: 500), Is.EqualTo(1690));
        Assert.That(OrderSpend.TotalMinor(lines: 1000, discount: 0, tax: 190, isTaxIncluded: false, shipping: 500), Is.EqualTo(1690));
    }

    [Test]
    public void Spend_is_never_below_nothing_and_nothing_once_all_is_said_to_be_refunded()
    {
        Assert.That(OrderSpend.SpendMinor(goods: 100, refundedGoods: 300, PaymentStatus.PartiallyRefunded), Is.Zero);
        Assert.That(OrderSpend.SpendMinor(goods: 100, refundedGoods: 0, PaymentStatus.Refunded), Is.Zero);
    }

    // Dollars at 0.92; yen have no digits after the point, dinars three.
    [TestCase(10_000, "USD", "EUR", "0.92", 9_200)]
    [TestCase(10_000, "JPY", "EUR", "0.0061", 6_100)]
    [TestCase(10_000, "EUR", "JPY", "163.5", 16_350)]
    [TestCase(10_000, "KWD", "EUR", "3.0", 3_000)]
    [TestCase(10_000, "EUR", "KWD", "0.333", 33_300)]
    [TestCase(10_000, "JPY", "KWD", "0.002", 20_000)]
    public void Minor_units_differ_between_currencies(long spend, string from, string to, string rate, long expected) =>
        Assert.That(OrderSpend.InTenantCurrency(spend, from, to, ExchangeRate.ToE12(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture))), Is.EqualTo(expected));

    [TestCase(1, 1)]
    [TestCase(3, 2)]
    [TestCase(4, 2)]
    [TestCase(5, 3)]
    public void Half_a_cent_is_a_cent(long dollarCents, long euroCents) =>
        Assert.That(OrderSpend.InTenantCurrency(dollarCents, "USD", "EUR", ExchangeRate.ToE12(0.5m)), Is.EqualTo(euroCents));

    [Test]
    public void An_order_in_another_currency_without_a_rate_cannot_be_stated() =>
        Assert.That(OrderSpend.InTenantCurrency(100, "USD", "EUR", rateE12: null), Is.Null);

    [Test]
    public void The_greatest_order_at_the_greatest_rate_does_not_overflow() =>
        Assert.That(OrderSpend.InTenantCurrency(AmountAttribute.Most, "JPY", "KWD", ExchangeRate.ToE12(1_000_000m)), Is.GreaterThan(AmountAttribute.Most));

    [Test]
    public void Two_hundred_greatest_lines_do_not_overflow()
    {
        var line = new OrderLine { Name = "Gold", Quantity = 1_000_000, UnitPriceMinor = AmountAttribute.Most };

        Assert.That(OrderSpend.LinesMinor(Enumerable.Repeat(line, 200)), Is.EqualTo(AmountAttribute.Most + 1));
    }

    [TestCase(PaymentStatus.Paid, 0, PaymentStatus.Paid)]
    [TestCase(PaymentStatus.Paid, 40, PaymentStatus.PartiallyRefunded)]
    [TestCase(PaymentStatus.PartiallyRefunded, 100, PaymentStatus.Refunded)]
    [TestCase(PaymentStatus.Refunded, 0, PaymentStatus.Refunded)]
    [TestCase(PaymentStatus.Voided, 40, PaymentStatus.Voided)]
    public void Refunds_say_more_than_a_status_that_was_stated(PaymentStatus stated, long refunded, PaymentStatus expected) =>
        Assert.That(OrderSpend.AfterRefunds(stated, refunded, total: 100), Is.EqualTo(expected));

    [TestCase(PaymentStatus.Refunded, 100, PaymentStatus.Paid)]
    [TestCase(PaymentStatus.Refunded, 130, PaymentStatus.Paid)]
    [TestCase(PaymentStatus.Refunded, 0, PaymentStatus.Refunded)]
    [TestCase(PaymentStatus.Refunded, 40, PaymentStatus.Refunded)]
    [TestCase(PaymentStatus.Pending, 0, PaymentStatus.Pending)]
    [TestCase(PaymentStatus.Voided, 100, PaymentStatus.Voided)]
    public void A_status_that_only_follows_from_the_refunds_is_no_reason_for_itself(PaymentStatus before, long refunded, PaymentStatus expected) =>
        Assert.That(OrderSpend.Unstated(before, refunded, total: 100), Is.EqualTo(expected));

    [TestCase("0.92")]
    [TestCase("0.000000001")]
    [TestCase("1000000")]
    [TestCase("163.512345678901")]
    public void A_rate_comes_back_as_it_was_given(string text)
    {
        var rate = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        var read = ExchangeRate.FromE12(ExchangeRate.ToE12(rate));

        Assert.That(read.ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(text));
    }
}
