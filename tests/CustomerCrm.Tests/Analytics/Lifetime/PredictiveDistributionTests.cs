using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class PredictiveDistributionTests
{
    private static readonly CustomerSummary[] Customers =
        [Models.Customer(0, 0, 39), Models.Customer(2, 30.43, 38.86, 22), Models.Customer(26, 30.857, 31, 70), Models.Customer(5, 10, 39, 15), Models.Customer(200, 97, 98, 40)];

    [TestCase(13)]
    [TestCase(52.14)]
    [TestCase(400)]
    public void Probabilities_sum_to_one_and_their_mean_is_the_expected_number(double weeks)
    {
        foreach (var model in Models.Published)
            foreach (var customer in Customers)
            {
                var counts = model.Counts(customer, weeks);
                var last = counts.Quantile(1 - 1e-11);

                var mean = Enumerable.Range(0, last + 1).Sum(y => y * counts.Probability(y));

                Assert.That(counts.AtMost(last), Is.EqualTo(1).Within(1e-9), $"{model.Kind} {customer}");
                Assert.That(mean, Is.EqualTo(model.ExpectedPurchases(customer, weeks)).Within(1e-6 * (1 + mean)), $"{model.Kind} {customer}");
            }
    }

    [Test]
    public void Very_heavy_buyers_have_a_distribution_too()
    {
        var counts = new BgNbd(0.243, 4.414, 0.793, 2.426).Counts(Models.Customer(5000, 104, 104), 104);

        Assert.That(counts.Quantile(0.5), Is.EqualTo(4800).Within(300));
        Assert.That(counts.AtMost(20_000), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void An_interval_holds_what_it_says()
    {
        foreach (var model in Models.Published)
            foreach (var customer in Customers)
            {
                var counts = model.Counts(customer, 52);
                var interval = counts.Interval(0.8);

                var held = Enumerable.Range((int)interval.Low, (int)(interval.High - interval.Low) + 1).Sum(counts.Probability);
                Assert.That(interval.Mass, Is.EqualTo(held).Within(1e-12).And.GreaterThanOrEqualTo(0.8 - 1e-12));
            }
    }

    [Test]
    public void The_total_spend_is_distributed_as_in_a_simulation()
    {
        // given the closed form, and the same customer's future drawn a hundred thousand times
        var model = new BgNbd(0.243, 4.414, 0.793, 2.426);
        var spend = new GammaGamma(6.25, 3.744, 15.44);
        var customer = Models.Customer(2, 30.43, 38.86, 22.345);
        var totals = new SpendTotals(spend, customer, model.Counts(customer, 52.14), discount: 1);
        var shoppers = new Shoppers(21);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => Future(model, spend, customer, shoppers)).Order().ToArray();

        foreach (var probability in new[] { 0.6, 0.8, 0.9, 0.99 })
        {
            var quantile = totals.Quantile(probability);

            var share = drawn.Count(total => total <= quantile) / 100_000.0;
            Assert.That(share, Is.EqualTo(probability).Within(0.006));
            Assert.That(totals.AtMost(quantile), Is.EqualTo(probability).Within(1e-6));
        }
    }

    [Test]
    public void Value_intervals_widen_with_their_level()
    {
        var spend = new GammaGamma(6.25, 3.744, 15.44);
        foreach (var model in Models.Published)
            foreach (var customer in Customers)
            {
                var totals = new SpendTotals(spend, customer, model.Counts(customer, 52.14), discount: 0.94);

                var (narrow, wide) = (totals.Interval(0.5), totals.Interval(0.95));

                Assert.That(wide.Low, Is.LessThanOrEqualTo(narrow.Low));
                Assert.That(wide.High, Is.GreaterThanOrEqualTo(narrow.High));
                Assert.That(narrow.Mass, Is.EqualTo(0.5).Within(1e-5).Or.GreaterThan(0.5));
            }
    }

    private static double Future(BgNbd model, GammaGamma spend, CustomerSummary customer, Shoppers shoppers)
    {
        if (!shoppers.Chance(model.ProbabilityAlive(customer))) return 0;

        var rate = shoppers.Gamma(model.R + customer.Frequency) / (model.Alpha + customer.Age);
        var leaving = shoppers.Beta(model.A, model.B + customer.Frequency);
        var nu = shoppers.Gamma(spend.Q + spend.P * customer.Frequency) / (spend.V + customer.Frequency * customer.MeanSpend);
        var total = 0.0;
        for (var at = shoppers.Exponential() / rate; at <= 52.14; at += shoppers.Exponential() / rate)
        {
            total += shoppers.Gamma(spend.P) / nu;
            if (shoppers.Chance(leaving)) break;
        }

        return total;
    }
}
