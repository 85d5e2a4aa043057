using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The log-likelihood of Pareto/NBD over many customers in (r, α, s, β), with exact derivatives: those of the integral over the
/// time of leaving are means and covariances over its weighted nodes.
/// </summary>
internal sealed class ParetoLikelihood(DistinctHistories histories) : ILogLikelihood
{
    private readonly LeavingTimes leaving = new();
    private readonly double[] mean = new double[4];
    private readonly double[] second = new double[16];
    private readonly double[] difference = new double[4];

    public int Parameters => 4;

    public double Evaluate(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        g.Clear();
        h.Clear();
        var value = ByFrequency(at, g, h);
        for (var i = 0; i < histories.Count; i++)
            value += histories.Weight[i] * OfHistory(at, histories.X[i], histories.Recency[i], histories.Age[i], histories.Weight[i], g, h);
        return value;
    }

    /// <summary>ln Γ(r+x) - ln Γ(r) + r ln α + s ln β.</summary>
    private double ByFrequency(ReadOnlySpan<double> at, Span<double> g, Span<double> h)
    {
        var (r, alpha, s, beta) = (at[0], at[1], at[2], at[3]);
        var all = histories.Customers;
        var value = all * (r * Math.Log(alpha) + s * Math.Log(beta) - GammaFunctions.LogGamma(r));
        g[0] = all * (Math.Log(alpha) - GammaFunctions.Digamma(r));
        g[1] = all * r / alpha;
        g[2] = all * Math.Log(beta);
        g[3] = all * s / beta;
        h[0] = -all * GammaFunctions.Trigamma(r);
        h[1] = all / alpha;
        h[5] = -all * r / (alpha * alpha);
        h[11] = all / beta;
        h[15] = -all * s / (beta * beta);
        for (var i = 0; i < histories.Frequencies.Length; i++)
        {
            var (rx, n) = (r + histories.Frequencies[i], histories.FrequencyWeights[i]);
            value += n * GammaFunctions.LogGamma(rx);
            g[0] += n * GammaFunctions.Digamma(rx);
            h[0] += n * GammaFunctions.Trigamma(rx);
        }

        return value;
    }

    /// <summary>ln(e^A + e^G), A = -(r+x) ln(α+T) - s ln(β+T) still here, G = ln s + ln of the integral gone.</summary>
    private double OfHistory(ReadOnlySpan<double> at, int x, double recency, double age, double n, Span<double> g, Span<double> h)
    {
        var (r, alpha, s, beta) = (at[0], at[1], at[2], at[3]);
        var rx = r + x;
        double perAlpha = 1 / (alpha + age), perBeta = 1 / (beta + age);
        double logAlpha = Math.Log(alpha + age), logBeta = Math.Log(beta + age);
        var here = -rx * logAlpha - s * logBeta;
        var logGone = Math.Log(s) + Integral(rx, alpha, s, beta, recency, age);
        var gone = 1 / (1 + Math.Exp(here - logGone));
        var stay = 1 - gone;

        // Derivatives of A; mean holds those of G.
        difference[0] = -logAlpha;
        difference[1] = -rx * perAlpha;
        difference[2] = -logBeta;
        difference[3] = -s * perBeta;
        for (var i = 0; i < 4; i++)
        {
            g[i] += n * (stay * difference[i] + gone * mean[i]);
            difference[i] = mean[i] - difference[i];
        }

        var both = n * gone * stay;
        for (var i = 0; i < 4; i++)
            for (var j = i; j < 4; j++)
                h[4 * i + j] += n * gone * second[4 * i + j] + both * difference[i] * difference[j];
        h[1] -= n * stay * perAlpha;
        h[5] += n * stay * rx * perAlpha * perAlpha;
        h[11] -= n * stay * perBeta;
        h[15] += n * stay * s * perBeta * perBeta;
        return NearZero.LogSum(here, logGone);
    }

    /// <summary>ln of the integral; leaves its first derivatives in <see cref="mean"/> and the second in <see cref="second"/>.</summary>
    private double Integral(double rx, double alpha, double s, double beta, double from, double to)
    {
        leaving.Place(rx, alpha, s, beta, from, to);
        Array.Clear(mean);
        Array.Clear(second);
        if (leaving.Count == 0) return double.NegativeInfinity;

        double sum = 0, m0 = 0, m1 = 0, m2 = 0, m3 = 0;
        double s00 = 0, s01 = 0, s02 = 0, s03 = 0, s11 = 0, s12 = 0, s13 = 0, s22 = 0, s23 = 0, s33 = 0;
        double logA0 = leaving.LogAlpha[0], logB0 = leaving.LogBeta[0];
        for (var k = 0; k < leaving.Count; k++)
        {
            var w = Math.Exp(leaving.LogTerm[k] - leaving.Highest);
            // Logarithms are taken relative to the first node, so that their spread does not drown in their size.
            double a = leaving.LogAlpha[k] - logA0, b = leaving.LogBeta[k] - logB0;
            double perA = Math.Exp(-leaving.LogAlpha[k]), perB = Math.Exp(-leaving.LogBeta[k]);
            sum += w;
            m0 += w * a;
            m1 += w * perA;
            m2 += w * b;
            m3 += w * perB;
            s00 += w * a * a;
            s01 += w * a * perA;
            s02 += w * a * b;
            s03 += w * a * perB;
            s11 += w * perA * perA;
            s12 += w * perA * b;
            s13 += w * perA * perB;
            s22 += w * b * b;
            s23 += w * b * perB;
            s33 += w * perB * perB;
        }

        m0 /= sum;
        m1 /= sum;
        m2 /= sum;
        m3 /= sum;
        mean[0] = -(m0 + logA0);
        mean[1] = -rx * m1;
        mean[2] = 1 / s - (m2 + logB0);
        mean[3] = -(s + 1) * m3;
        second[0] = s00 / sum - m0 * m0;
        second[1] = rx * (s01 / sum - m0 * m1) - m1;
        second[2] = s02 / sum - m0 * m2;
        second[3] = (s + 1) * (s03 / sum - m0 * m3);
        second[5] = rx * rx * (s11 / sum - m1 * m1) + rx * s11 / sum;
        second[6] = rx * (s12 / sum - m1 * m2);
        second[7] = rx * (s + 1) * (s13 / sum - m1 * m3);
        second[10] = s22 / sum - m2 * m2 - 1 / (s * s);
        second[11] = (s + 1) * (s23 / sum - m2 * m3) - m3;
        second[15] = (s + 1) * (s + 1) * (s33 / sum - m3 * m3) + (s + 1) * s33 / sum;
        return leaving.Highest + Math.Log(sum);
    }
}
