using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The Pareto/NBD model: D. C. Schmittlein, D. G. Morrison and R. Colombo 1987, "Counting Your Customers: Who Are They and What
/// Will They Do Next?", Management Science 33(1): buying at a rate drawn from Gamma(r, α), leaving at a rate drawn from
/// Gamma(s, β). The likelihood follows P. S. Fader and B. G. S. Hardie 2005, "A Note on Deriving the Pareto/NBD Model and
/// Related Expressions", with their difference of two hypergeometric functions left as the integral over the time of leaving
/// that it came from, whose integrand is positive.
/// </summary>
/// <exception cref="ArgumentOutOfRangeException">When a parameter is not a positive number.</exception>
public sealed class ParetoNbd(double r, double alpha, double s, double beta)
    : PurchaseModel(ModelKind.ParetoNbd, ("r", r), ("alpha", alpha), ("s", s), ("beta", beta))
{
    public double R { get; } = r;

    public double Alpha { get; } = alpha;

    public double S { get; } = s;

    public double Beta { get; } = beta;

    public override double ExpectedPurchasesOfNewCustomer(double weeks) => ExpectedPurchasesIfAlive(default, History.Weeks(weeks));

    /// <summary>
    /// DERT: all future purchases, discounted continuously at <paramref name="weeklyRate"/> (P. S. Fader, B. G. S. Hardie and
    /// K. L. Lee 2005, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", JMR 42(4), equation 2, where it is
    /// written with the confluent hypergeometric function of the second kind; here as the integral of discount times survival).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">When the rate is not a positive number.</exception>
    public double DiscountedExpectedPurchases(in CustomerSummary customer, double weeklyRate)
    {
        if (!(weeklyRate > 0) || !double.IsFinite(weeklyRate)) throw new ArgumentOutOfRangeException(nameof(weeklyRate));
        var history = History.Of(customer);
        var scale = Beta + history.Age;
        return ProbabilityAlive(history) * (R + history.X) / (Alpha + history.Age) * scale * DiscountedSurvival.Of(S, weeklyRate * scale);
    }

    internal override double LogLikelihood(in History history)
    {
        var (x, _, age) = history;
        return GammaFunctions.LogGamma(R + x) - GammaFunctions.LogGamma(R)
            + R * Math.Log(Alpha) - (R + x) * Math.Log(Alpha + age)
            + S * (Math.Log(Beta) - Math.Log(Beta + age))
            + NearZero.LogSum(0, LogOddsGone(history));
    }

    internal override double ProbabilityAlive(in History history) => 1 / (1 + Math.Exp(LogOddsGone(history)));

    internal override double ExpectedPurchasesIfAlive(in History history, double weeks)
    {
        // (1 - e^(-kL)) / k with k = s - 1, which is L at s = 1.
        var k = S - 1;
        var length = NearZero.Log1p(weeks / (Beta + history.Age));
        var lifetime = Math.Abs(k * length) < 1e-300 ? length : -NearZero.Expm1(-k * length) / k;
        return (R + history.X) / (Alpha + history.Age) * (Beta + history.Age) * lifetime;
    }

    internal override CountsIfAlive CountsIfAlive(in History history, double weeks) =>
        new ParetoCounts(R + history.X, Alpha + history.Age, S, Beta + history.Age, weeks);

    private double LogOddsGone(in History history)
    {
        var (x, recency, age) = history;
        var logStillHere = -(R + x) * Math.Log(Alpha + age) - S * Math.Log(Beta + age);
        return Math.Log(S) + new LeavingTimes().LogIntegral(R + x, Alpha, S, Beta, recency, age) - logStillHere;
    }
}
