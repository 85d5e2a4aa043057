using CustomerCrm.Analytics.Lifetime;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>What holds for every customer of every model, ordinary or absurd.</summary>
public class ModelPropertyTests
{
    private static readonly Gen<double> Size = Gen.Choose(-400, 400).Select(e => Math.Pow(10, e / 100.0));

    private static readonly Gen<PurchaseModel> Model =
        from kind in Gen.Elements(Enum.GetValues<ModelKind>())
        from p in Size.Four()
        select Models.Of(kind, p.Item1, p.Item2, p.Item3, p.Item4);

    private static readonly Gen<CustomerSummary> Customer =
        from x in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, 1500))
        from age in Gen.Choose(0, 700)
        from share in Gen.Choose(0, 100)
        from spend in Size
        select new CustomerSummary(1, x, age * share / 700.0, age / 7.0, spend);

    [Test]
    public void Probability_alive_is_a_probability() =>
        Holds((model, customer) => model.ProbabilityAlive(customer) is >= 0 and <= 1);

    [Test]
    public void Everything_is_finite() =>
        Holds((model, customer) =>
            double.IsFinite(model.LogLikelihood(customer.Frequency, customer.Recency, customer.Age))
            && double.IsFinite(model.ExpectedPurchases(customer, 52)) && double.IsFinite(model.ExpectedPurchases(customer, 1e9))
            && double.IsFinite(model.ExpectedPurchasesOfNewCustomer(52)));

    [Test]
    public void Expected_purchases_never_fall_with_the_horizon() =>
        Holds((model, customer) =>
        {
            double[] horizons = [0, 1e-6, 0.1, 1, 10, 52, 53, 500, 5000, 50_000];
            var expected = horizons.Select(weeks => model.ExpectedPurchases(customer, weeks)).ToArray();
            return expected[0] == 0 && expected.Zip(expected.Skip(1)).All(pair => pair.Second >= pair.First * (1 - 1e-9));
        });

    [Test]
    public void Expected_purchases_never_exceed_those_of_one_who_stays() =>
        Holds((model, customer) =>
        {
            var (r, alpha) = (model.Parameters[0].Value, model.Parameters[1].Value);
            return model.ExpectedPurchases(customer, 52) <= (r + customer.Frequency) / (alpha + customer.Age) * 52 * (1 + 1e-9);
        });

    [Test]
    public void Counts_have_probabilities() =>
        Holds((model, customer) =>
        {
            var counts = model.Counts(customer, 10);
            return Enumerable.Range(0, 50).All(y => counts.Probability(y) is >= 0 and <= 1) && counts.AtMost(49) is >= 0 and <= 1;
        });

    private static void Holds(Func<PurchaseModel, CustomerSummary, bool> property)
    {
        var cases = from model in Model from customer in Customer select (model, customer);
        Prop.ForAll(cases.ToArbitrary(), one =>
            property(one.model, one.customer).Label(string.Join(" ", one.model.Kind, string.Join(" ", one.model.Parameters), one.customer)))
            .QuickCheckThrowOnFailure();
    }
}
