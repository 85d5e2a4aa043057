namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// What customers spend at a purchase: each purchase is Gamma(p, ν), and ν differs between customers as Gamma(q, v). P. S. Fader
/// and B. G. S. Hardie 2013, "The Gamma-Gamma Model of Monetary Value" (γ there is v here), after Colombo and Jiang 1999.
/// Assumes that how much and how often are unrelated. Money is in the unit of the purchases that it was fitted to.
/// </summary>
public sealed class GammaGamma
{
    /// <exception cref="ArgumentOutOfRangeException">
    /// When p or v is not a positive number, or q is not above 1, where the mean spend would be infinite.
    /// </exception>
    public GammaGamma(double p, double q, double v)
    {
        if (!(p > 0) || !double.IsFinite(p)) throw new ArgumentOutOfRangeException(nameof(p));
        if (!(q > 1) || !double.IsFinite(q)) throw new ArgumentOutOfRangeException(nameof(q));
        if (!(v > 0) || !double.IsFinite(v)) throw new ArgumentOutOfRangeException(nameof(v));
        (P, Q, V) = (p, q, v);
    }

    public double P { get; }

    public double Q { get; }

    public double V { get; }

    /// <summary>Mean spend of a customer of whom nothing is known: p v / (q - 1).</summary>
    public double PopulationMean => P * V / (Q - 1);

    /// <summary>
    /// E[M | x, m]: p (v + x m) / (p x + q - 1), between the customer's own mean and the population's (equation 5). A customer
    /// without a repeat purchase, or whose repeat purchases were free, says nothing and gets the population's.
    /// </summary>
    public double ExpectedSpend(in CustomerSummary customer)
    {
        var (x, m) = Evidence(customer);
        return P * (V + x * m) / (P * x + Q - 1);
    }

    /// <summary>The customer's ν is Gamma(shape, rate) once his purchases are known.</summary>
    internal (double Shape, double Rate) Posterior(in CustomerSummary customer)
    {
        var (x, m) = Evidence(customer);
        return (Q + P * x, V + x * m);
    }

    internal static bool HasSpend(in CustomerSummary customer) =>
        customer.Frequency > 0 && customer.MeanSpend > 0 && double.IsFinite(customer.MeanSpend);

    private static (double X, double M) Evidence(in CustomerSummary customer) =>
        HasSpend(customer) ? (customer.Frequency, customer.MeanSpend) : (0, 0);
}
