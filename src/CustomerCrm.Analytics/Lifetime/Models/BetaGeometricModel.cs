using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// What BG/NBD and MBG/NBD share: buying at a rate drawn from Gamma(r, α), and after a purchase leaving with a probability drawn
/// from Beta(a, b). In MBG/NBD a customer may also leave right after the first purchase, which is one chance more for everybody:
/// <see cref="firstChance"/> is then 1. Given that a customer is still there, both are Gamma(r + x, α + T) and
/// Beta(a, b + x + firstChance), so that from there on the two models are the same.
/// </summary>
public abstract class BetaGeometricModel : PurchaseModel
{
    private readonly int firstChance;

    private protected BetaGeometricModel(ModelKind kind, int firstChance, double r, double alpha, double a, double b)
        : base(kind, ("r", r), ("alpha", alpha), ("a", a), ("b", b)) =>
        (this.firstChance, R, Alpha, A, B) = (firstChance, r, alpha, a, b);

    public double R { get; }

    public double Alpha { get; }

    public double A { get; }

    public double B { get; }

    public override double ExpectedPurchasesOfNewCustomer(double weeks) =>
        (firstChance == 0 ? 1 : B / (A + B)) * ExpectedPurchasesIfAlive(default, History.Weeks(weeks));

    internal override double LogLikelihood(in History history)
    {
        var (x, _, age) = history;
        var chances = x + firstChance;
        var logPurchases = GammaFunctions.LogGamma(R + x) - GammaFunctions.LogGamma(R) + R * Math.Log(Alpha) - (R + x) * Math.Log(Alpha + age);
        var logSurvival = GammaFunctions.LogBeta(A, B + chances) - GammaFunctions.LogBeta(A, B);
        return logPurchases + logSurvival + NearZero.LogSum(0, LogOddsGone(history));
    }

    internal override double ProbabilityAlive(in History history) => 1 / (1 + Math.Exp(LogOddsGone(history)));

    internal override double ExpectedPurchasesIfAlive(in History history, double weeks) =>
        BetaGeometricExpectation.Of(R + history.X, weeks / (Alpha + history.Age), A, B + history.X + firstChance);

    internal override CountsIfAlive CountsIfAlive(in History history, double weeks) =>
        new BetaGeometricCounts(R + history.X, weeks / (Alpha + history.Age), A, B + history.X + firstChance);

    /// <summary>ln of P(left at the last purchase) / P(still there); the last purchase is the first one when x = 0.</summary>
    private double LogOddsGone(in History history)
    {
        var (x, recency, age) = history;
        var chances = x + firstChance;
        if (chances == 0) return double.NegativeInfinity;
        return Math.Log(A) - Math.Log(B + chances - 1) + (R + x) * NearZero.Log1p((age - recency) / (Alpha + recency));
    }
}
