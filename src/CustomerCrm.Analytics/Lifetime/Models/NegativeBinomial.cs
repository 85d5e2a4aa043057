using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The probabilities of 0, 1, 2 … of a negative binomial: purchases at a rate drawn from Gamma(r, α) over t = τα, if nobody
/// leaves. The recurrence runs on a scaled number, because P(0) of a heavy buyer is below the smallest double.
/// </summary>
internal sealed class NegativeBinomial(double r, double tau)
{
    private const double Huge = 1e100;
    private static readonly double LogHuge = Math.Log(Huge);

    private readonly double z = tau / (1 + tau);
    private double logScale = -r * NearZero.Log1p(tau);
    private double scaled = 1;

    /// <summary>The number whose <see cref="Probability"/> is at hand.</summary>
    public int Number { get; private set; }

    public double Probability => scaled * Math.Exp(logScale);

    public double AtLeast(int count) => count == 0 ? 1 : IncompleteBeta.Regularised(count, r, z);

    public void Advance()
    {
        scaled *= (r + Number) / (Number + 1) * z;
        Number++;
        if (scaled > Huge && logScale < -LogHuge)
        {
            scaled /= Huge;
            logScale += LogHuge;
        }
    }
}
