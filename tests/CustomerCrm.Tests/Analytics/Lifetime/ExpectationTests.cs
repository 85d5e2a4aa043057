using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class ExpectationTests
{
    [TestCase(3.2, 40, 0.793, 4.4)]
    [TestCase(0.243, 100, 1, 2.4)]
    [TestCase(30, 5, 2.5, 33)]
    [TestCase(0.5, 20, 1e-3, 0.4)]
    [TestCase(400, 2, 80, 500)]
    public void The_sum_and_the_integral_agree(double r, double tau, double a, double b) =>
        Assert.That(BetaGeometricExpectation.Integral(r, tau, a, b), Is.EqualTo(BetaGeometricExpectation.Sum(r, tau, a, b)).Within(1e-10).Percent);

    [TestCase(3, 20, 39, 52)]
    [TestCase(0, 0, 39, 52)]
    [TestCase(600, 90, 100, 52)]
    public void Nothing_happens_at_a_equal_to_one_or_s_equal_to_one(int x, double recency, double age, double weeks)
    {
        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            double Expected(double third) => Models.Of(kind, 0.5, 6, third, 5).ExpectedPurchases(x, recency, age, weeks);

            var (below, at, above) = (Expected(1 - 1e-7), Expected(1), Expected(1 + 1e-7));

            Assert.That(at, Is.EqualTo((below + above) / 2).Within(1e-9).Percent, $"{kind}");
        }
    }

    [Test]
    public void At_s_equal_to_one_a_new_customer_is_expected_to_buy_logarithmically() =>
        Assert.That(new ParetoNbd(0.5, 6, 1, 5).ExpectedPurchasesOfNewCustomer(52), Is.EqualTo(0.5 * 5 / 6 * Math.Log(1 + 52 / 5.0)).Within(1e-12));

    [Test]
    public void Without_anybody_leaving_purchases_go_on_at_the_same_rate() =>
        Assert.That(new BgNbd(0.5, 6, 1e-9, 5).ExpectedPurchases(3, 20, 30, 52), Is.EqualTo(3.5 / 36 * 52).Within(1e-6));

    [Test]
    public void A_year_is_worth_the_sum_of_its_months()
    {
        var model = new BgNbd(0.243, 4.414, 0.793, 2.426);
        var customer = Models.Customer(2, 30.43, 38.86);

        var value = LifetimeValue.Of(model, customer, 35, new ForecastTerms());

        var months = Enumerable.Range(1, 12).Sum(m =>
            (model.ExpectedPurchases(customer, 4.345 * m) - model.ExpectedPurchases(customer, 4.345 * (m - 1))) * 35 / Math.Pow(1.01, m));
        Assert.That(value, Is.EqualTo(months).Within(1e-10));
    }

    [Test]
    public void Without_a_discount_the_value_is_expected_purchases_times_spend()
    {
        var customer = Models.Customer(2, 30.43, 38.86);

        foreach (var model in Models.Published)
            Assert.That(
                LifetimeValue.Of(model, customer, 35, new ForecastTerms { MonthlyDiscount = 0 }),
                Is.EqualTo(35 * model.ExpectedPurchases(customer, 52.14)).Within(1e-9));
    }
}
