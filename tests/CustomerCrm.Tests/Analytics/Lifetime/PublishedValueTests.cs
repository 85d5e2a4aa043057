using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>Values printed in papers and manuals, at the parameters printed beside them.</summary>
public class PublishedValueTests
{
    private static readonly BgNbd BgNbd = new(0.2425945, 4.4136019, 0.7929199, 2.4258881);

    // Hardie's spreadsheet note on the BG/NBD; its parameters are not printed, hence the width.
    [TestCase(0.1429, 0.0078)]
    [TestCase(1, 0.0532)]
    [TestCase(3, 0.1506)]
    [TestCase(31.8571, 1.0405)]
    [TestCase(32, 1.0437)]
    [TestCase(78, 1.8576)]
    public void Bg_nbd_purchases_of_a_new_customer(double weeks, double published) =>
        Assert.That(BgNbd.ExpectedPurchasesOfNewCustomer(weeks), Is.EqualTo(published).Within(5e-4));

    // The BTYD walkthrough, at an estimate of the same data that is not printed to all its digits.
    [TestCase(10, 0.3474606)]
    [TestCase(15, 0.04283391)]
    [TestCase(20, 0.004158973)]
    [TestCase(25, 0.0003583685)]
    public void Bg_nbd_purchases_fall_with_frequency_when_the_last_is_long_ago(int x, double published) =>
        Assert.That(BgNbd.ExpectedPurchases(x, 20, 39, 52), Is.EqualTo(published).Within(0.01).Percent);

    [Test]
    public void Bg_nbd_of_customer_1516()
    {
        Assert.That(BgNbd.ProbabilityAlive(26, 30.857143, 31), Is.EqualTo(0.9688523).Within(5e-6));

        Assert.That(BgNbd.ExpectedPurchases(26, 30.857143, 31, 52), Is.EqualTo(25.75659).Within(0.01).Percent);
    }

    // The BTYD manual, parameters .243, 4.414, .793, 2.426.
    [TestCase(39, 0, 0.5737864, 5.1e-8)]
    [TestCase(2, 10, 1.07869e-07, 1e-11)]
    [TestCase(30, 11, 0.0019995214, 5.1e-11)]
    [TestCase(30, 12, 0.0015170236, 5.1e-11)]
    [TestCase(30, 15, 0.0007023638, 5.1e-11)]
    [TestCase(30, 20, 0.000222226, 5.1e-11)]
    public void Bg_nbd_probability_of_a_count_of_a_new_customer(double weeks, int count, double published, double rounding)
    {
        var counts = Models.Published[0].Counts(Models.Customer(0, 0, 0), weeks);

        Assert.That(counts.Probability(count), Is.EqualTo(published).Within(rounding));
    }

    // The BTYD manual, parameters .55, 10.56, .61, 11.64.
    [TestCase(1, 0.05077821)]
    [TestCase(3, 0.14542507)]
    [TestCase(9, 0.38909211)]
    public void Pareto_nbd_purchases_of_a_new_customer(double weeks, double published) =>
        Assert.That(new ParetoNbd(0.55, 10.56, 0.61, 11.64).ExpectedPurchasesOfNewCustomer(weeks), Is.EqualTo(published).Within(1e-7));

    [Test]
    public void Pareto_nbd_discounted_purchases_without_end()
    {
        var model = new ParetoNbd(0.5629966, 12.5590370, 0.4081095, 10.5148048);

        var dert = model.DiscountedExpectedPurchases(Models.Customer(7, 35, 77.86), 0.0027);

        Assert.That(dert, Is.EqualTo(1.8641833280713285).Within(1e-10));
    }

    // Fader and Hardie 2013, of customers 1, 2, 3 and 6 of the CDNOW sample at the estimates.
    [TestCase(2, 22.345, 24.658)]
    [TestCase(1, 11.77, 18.910)]
    [TestCase(0, 0, 35.170)]
    [TestCase(7, 73.7414, 71.463)]
    public void Expected_spend(int x, double meanSpend, double published) =>
        Assert.That(new GammaGamma(6.2495723, 3.7442246, 15.4435205).ExpectedSpend(Models.Customer(x, 10, 39, meanSpend)), Is.EqualTo(published).Within(0.006));
}
