using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The log-likelihood of BG/NBD (<c>firstChance</c> 0) and MBG/NBD (1) over many customers in (r, α, a, b), with exact
/// derivatives; the papers are named at the models. What depends on x alone is summed over the distinct x.
/// </summary>
internal sealed class BetaGeometricLikelihood(DistinctHistories histories, int firstChance) : ILogLikelihood
{
    public int Parameters => 4;

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, Span<double> hessian)
    {
        gradient.Clear();
        hessian.Clear();
        return ByFrequency(at, gradient, hessian) + ByHistory(at, gradient, hessian);
    }

    /// <summary>ln Γ(r+x) - ln Γ(r) + r ln α + ln B(a, b+x+c) - ln B(a, b), with c the chance after the first purchase.</summary>
    private double ByFrequency(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        var (r, alpha, a, b) = (at[0], at[1], at[2], at[3]);
        var value = 0.0;
        for (var i = 0; i < histories.Frequencies.Length; i++)
        {
            var (x, n) = (histories.Frequencies[i], histories.FrequencyWeights[i]);
            double rx = r + x, bx = b + x + firstChance, abx = a + bx;
            var (psiAbx, psi1Abx) = (GammaFunctions.Digamma(abx), GammaFunctions.Trigamma(abx));
            value += n * (GammaFunctions.LogGamma(rx) + GammaFunctions.LogGamma(bx) - GammaFunctions.LogGamma(abx));
            g[0] += n * GammaFunctions.Digamma(rx);
            g[2] -= n * psiAbx;
            g[3] += n * (GammaFunctions.Digamma(bx) - psiAbx);
            h[0] += n * GammaFunctions.Trigamma(rx);
            h[10] -= n * psi1Abx;
            h[11] -= n * psi1Abx;
            h[15] += n * (GammaFunctions.Trigamma(bx) - psi1Abx);
        }

        var all = histories.Customers;
        var (psiAb, psi1Ab) = (GammaFunctions.Digamma(a + b), GammaFunctions.Trigamma(a + b));
        value += all * (r * Math.Log(alpha) - GammaFunctions.LogGamma(r) + GammaFunctions.LogGamma(a + b) - GammaFunctions.LogGamma(b));
        g[0] += all * (Math.Log(alpha) - GammaFunctions.Digamma(r));
        g[1] += all * r / alpha;
        g[2] += all * psiAb;
        g[3] += all * (psiAb - GammaFunctions.Digamma(b));
        h[0] -= all * GammaFunctions.Trigamma(r);
        h[1] += all / alpha;
        h[5] -= all * r / (alpha * alpha);
        h[10] += all * psi1Ab;
        h[11] += all * psi1Ab;
        h[15] += all * (psi1Ab - GammaFunctions.Trigamma(b));
        return value;
    }

    /// <summary>-(r+x) ln(α+T) + ln(1 + e^D), with D the log-odds of having left at the last purchase.</summary>
    private double ByHistory(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        var (r, alpha, a, b) = (at[0], at[1], at[2], at[3]);
        var logOdds = Array.ConvertAll(histories.Frequencies, x => Math.Log(a) - Math.Log(b + x + firstChance - 1));
        double value = 0, g0 = 0, g1 = 0, g2 = 0, g3 = 0;
        double h00 = 0, h01 = 0, h02 = 0, h03 = 0, h11 = 0, h12 = 0, h13 = 0, h22 = 0, h23 = 0, h33 = 0;
        for (var i = 0; i < histories.Count; i++)
        {
            var (x, n) = (histories.X[i], histories.Weight[i]);
            var rx = r + x;
            var toEnd = alpha + histories.Age[i];
            var perEnd = 1 / toEnd;
            var logEnd = Math.Log(toEnd);
            value -= n * rx * logEnd;
            g0 -= n * logEnd;
            g1 -= n * rx * perEnd;
            h01 -= n * perEnd;
            h11 += n * rx * perEnd * perEnd;
            if (x + firstChance == 0) continue;

            // D and its derivatives in r, α, a, b.
            var toLast = alpha + histories.Recency[i];
            var perLast = 1 / toLast;
            var d0 = logEnd - Math.Log(toLast);
            var d1 = rx * (perEnd - perLast);
            var d2 = 1 / a;
            var d3 = -1 / (b + x + firstChance - 1);
            var odds = logOdds[histories.FrequencyIndex[i]] + rx * d0;
            var tail = Math.Exp(-Math.Abs(odds));
            value += n * (Math.Max(odds, 0) + Math.Log(1 + tail));
            var gone = n * (odds > 0 ? 1 : tail) / (1 + tail);
            var spread = n * tail / ((1 + tail) * (1 + tail));
            g0 += gone * d0;
            g1 += gone * d1;
            g2 += gone * d2;
            g3 += gone * d3;
            h00 += spread * d0 * d0;
            h01 += spread * d0 * d1 + gone * (perEnd - perLast);
            h02 += spread * d0 * d2;
            h03 += spread * d0 * d3;
            h11 += spread * d1 * d1 - gone * d1 * (perEnd + perLast);
            h12 += spread * d1 * d2;
            h13 += spread * d1 * d3;
            h22 += spread * d2 * d2 - gone * d2 * d2;
            h23 += spread * d2 * d3;
            h33 += spread * d3 * d3 + gone * d3 * d3;
        }

        g[0] += g0;
        g[1] += g1;
        g[2] += g2;
        g[3] += g3;
        h[0] += h00;
        h[1] += h01;
        h[2] += h02;
        h[3] += h03;
        h[5] += h11;
        h[6] += h12;
        h[7] += h13;
        h[10] += h22;
        h[11] += h23;
        h[15] += h33;
        return value;
    }
}
