using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The Pareto/NBD integral ∫ (α + u)^-(r+x) (β + u)^-(s+1) du over the time of leaving u, from the last purchase to the end of
/// the observation, as weighted nodes. In y = ln(min(α, β) + u) the integrand is close to an exponential and analytic within π
/// of the real line, so that eight or sixteen Gauss-Legendre nodes give twelve digits unless a customer is very heavy; then
/// there are more panels, until what is left is negligible. The nodes also carry the derivatives of the likelihood.
/// </summary>
internal sealed class LeavingTimes
{
    /// <summary>A panel over which the integrand falls by more than e^-25 would need more than sixteen nodes.</summary>
    private const double SteepestPanel = 25;
    private const double LongestPanel = 3;
    private const double Negligible = 40;

    public int Count { get; private set; }

    /// <summary>ln(α + u) at each node.</summary>
    public double[] LogAlpha { get; private set; } = new double[32];

    /// <summary>ln(β + u) at each node.</summary>
    public double[] LogBeta { get; private set; } = new double[32];

    /// <summary>ln of integrand times weight at each node.</summary>
    public double[] LogTerm { get; private set; } = new double[32];

    public double Highest { get; private set; }

    /// <summary>-∞ when there is no time between the last purchase and the end.</summary>
    public double LogIntegral(double rx, double alpha, double s, double beta, double from, double to)
    {
        Place(rx, alpha, s, beta, from, to);
        var sum = 0.0;
        for (var i = 0; i < Count; i++) sum += Math.Exp(LogTerm[i] - Highest);
        return Count == 0 ? double.NegativeInfinity : Highest + Math.Log(sum);
    }

    public void Place(double rx, double alpha, double s, double beta, double from, double to)
    {
        Count = 0;
        Highest = double.NegativeInfinity;
        if (!(to > from)) return;

        var (near, gap) = (Math.Min(alpha, beta), Math.Abs(alpha - beta));
        var alphaIsNear = alpha <= beta;
        var (nearPower, farPower) = alphaIsNear ? (rx, s + 1) : (s + 1, rx);
        var y = Math.Log(near + from);
        var remaining = NearZero.Log1p((to - from) / (near + from));
        while (remaining > 0)
        {
            var length = Math.Min(remaining, LongestPanel);
            double Steepness(double end) => nearPower + farPower / (1 + gap * Math.Exp(-end));
            while (Steepness(y + length) * length > SteepestPanel) length /= 2;

            var fall = Steepness(y + length) * length;
            var rule = fall < 5 && length < 1 ? GaussLegendre.Eight : GaussLegendre.Sixteen;
            Reserve(Count + rule.Nodes.Length);
            var panelHighest = double.NegativeInfinity;
            for (var i = 0; i < rule.Nodes.Length; i++)
            {
                var node = y + length / 2 * (1 + rule.Nodes[i]);
                var far = gap == 0 ? node : Math.Log(Math.Exp(node) + gap);
                var term = node - nearPower * node - farPower * far + Math.Log(rule.Weights[i] * (length / 2));
                LogAlpha[Count] = alphaIsNear ? node : far;
                LogBeta[Count] = alphaIsNear ? far : node;
                LogTerm[Count++] = term;
                panelHighest = Math.Max(panelHighest, term);
            }

            Highest = Math.Max(Highest, panelHighest);
            if (panelHighest < Highest - Negligible) return;
            y += length;
            remaining = length == remaining ? 0 : remaining - length;
        }
    }

    private void Reserve(int size)
    {
        if (size <= LogTerm.Length) return;
        var roomy = Math.Max(size, LogTerm.Length * 2);
        LogAlpha = Grown(LogAlpha, roomy);
        LogBeta = Grown(LogBeta, roomy);
        LogTerm = Grown(LogTerm, roomy);
    }

    private static double[] Grown(double[] array, int size)
    {
        Array.Resize(ref array, size);
        return array;
    }
}
