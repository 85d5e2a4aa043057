using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The distribution of purchases of a Pareto/NBD customer who is there now (Fader and Hardie 2005, "A Note on Deriving the
/// Pareto/NBD Model"): a mixture over the time of leaving of negative binomials, by Gauss-Legendre nodes in ln(β + u), and one
/// for those who stay through.
/// </summary>
internal sealed class ParetoCounts : CountsIfAlive
{
    /// <summary>A heavy buyer's count says closely when he left, so the mixture needs more nodes.</summary>
    private const double HeavyBuyer = 50;

    private readonly List<(double Weight, NegativeBinomial Purchases)> mixture = [];

    public ParetoCounts(double r, double alpha, double s, double beta, double weeks)
    {
        var length = NearZero.Log1p(weeks / beta);
        mixture.Add((Math.Exp(-s * length), new NegativeBinomial(r, weeks / alpha)));

        var panels = (int)Math.Ceiling(Math.Max(1, Math.Min(s * length / 20, 50) + length / 2)) * (r > HeavyBuyer ? 4 : 1);
        var half = length / panels / 2;
        for (var k = 0; k < panels && length > 0; k++)
            for (var i = 0; i < GaussLegendre.Sixteen.Nodes.Length; i++)
            {
                var y = (2 * k + 1 + GaussLegendre.Sixteen.Nodes[i]) * half;
                var weight = GaussLegendre.Sixteen.Weights[i] * half * s * Math.Exp(-s * y);
                if (weight > 1e-16) mixture.Add((weight, new NegativeBinomial(r, beta * NearZero.Expm1(y) / alpha)));
            }

        // What quadrature misses of the whole must not leave the distribution without an end.
        var total = mixture.Sum(part => part.Weight);
        for (var i = 0; i < mixture.Count; i++) mixture[i] = (mixture[i].Weight / total, mixture[i].Purchases);
    }

    public override double Next()
    {
        var sum = 0.0;
        foreach (var (weight, purchases) in mixture)
        {
            sum += weight * purchases.Probability;
            purchases.Advance();
        }

        return sum;
    }
}
