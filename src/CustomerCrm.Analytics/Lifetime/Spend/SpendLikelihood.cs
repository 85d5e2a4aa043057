using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The Gamma-Gamma log-likelihood of the mean spend m over x purchases of many customers, in (p, q, v), with exact derivatives:
/// equation 1a of Fader and Hardie 2013.
/// </summary>
internal sealed class SpendLikelihood(int[] x, double[] m) : ILogLikelihood
{
    private readonly double[] logM = Array.ConvertAll(m, Math.Log);
    private readonly (int X, int N)[] frequencies = [.. x.CountBy(n => n).Select(pair => (pair.Key, pair.Value)).Order()];

    public int Parameters => 3;

    public double Evaluate(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        g.Clear();
        h.Clear();
        return ByFrequency(at, g, h) + ByCustomer(at, g, h);
    }

    /// <summary>ln Γ(px+q) - ln Γ(px) - ln Γ(q) + q ln v + px ln x.</summary>
    private double ByFrequency(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        var (p, q, v) = (at[0], at[1], at[2]);
        var value = 0.0;
        foreach (var (x, n) in frequencies)
        {
            double px = p * x, pxq = px + q, logX = Math.Log(x);
            var (psi, psi1) = (GammaFunctions.Digamma(pxq), GammaFunctions.Trigamma(pxq));
            value += n * (GammaFunctions.LogGamma(pxq) - GammaFunctions.LogGamma(px) + px * logX);
            g[0] += n * x * (psi - GammaFunctions.Digamma(px) + logX);
            g[1] += n * psi;
            h[0] += n * (double)x * x * (psi1 - GammaFunctions.Trigamma(px));
            h[1] += n * x * psi1;
            h[4] += n * psi1;
        }

        value += x.Length * (q * Math.Log(v) - GammaFunctions.LogGamma(q));
        g[1] += x.Length * (Math.Log(v) - GammaFunctions.Digamma(q));
        g[2] += x.Length * q / v;
        h[4] -= x.Length * GammaFunctions.Trigamma(q);
        h[5] += x.Length / v;
        h[8] -= x.Length * q / (v * v);
        return value;
    }

    /// <summary>(px - 1) ln m - (px + q) ln(v + xm).</summary>
    private double ByCustomer(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        var (p, q, v) = (at[0], at[1], at[2]);
        var value = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            double px = p * x[i], pxq = px + q, total = v + x[i] * m[i];
            double logTotal = Math.Log(total), perTotal = 1 / total;
            value += (px - 1) * logM[i] - pxq * logTotal;
            g[0] += x[i] * (logM[i] - logTotal);
            g[1] -= logTotal;
            g[2] -= pxq * perTotal;
            h[2] -= x[i] * perTotal;
            h[5] -= perTotal;
            h[8] += pxq * perTotal * perTotal;
        }

        return value;
    }
}
