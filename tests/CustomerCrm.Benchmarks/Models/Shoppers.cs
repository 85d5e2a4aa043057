using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Benchmarks.Models;

/// <summary>
/// Customers drawn from the laws that the models assume, with the parameters that were published for CDNOW (weeks). First
/// purchases fall on whole days over 196 to 546 days before the end.
/// </summary>
internal sealed class Shoppers(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>BG/NBD: a rate from Gamma(r, α); after each repeat purchase gone with a probability from Beta(a, b).</summary>
    public CustomerSummary[] BetaGeometric(int count) => Draw(count, () =>
    {
        var (rate, dropout) = (Gamma(0.243) / 4.414, Beta(0.793, 2.426));
        return (rate, (double _) => random.NextDouble() < dropout, double.PositiveInfinity);
    });

    /// <summary>Pareto/NBD: a rate from Gamma(r, α); gone after a time from Gamma(s, β)'s exponential, whatever is bought.</summary>
    public CustomerSummary[] Pareto(int count) => Draw(count, () =>
    {
        var rate = Gamma(0.553) / 10.578;
        var lifetime = Exponential() / (Gamma(0.606) / 11.669);
        return (rate, (double _) => false, lifetime);
    });

    private CustomerSummary[] Draw(int count, Func<(double Rate, Func<double, bool> IsGone, double Lifetime)> draw)
    {
        var customers = new CustomerSummary[count];
        for (var i = 0; i < count; i++)
        {
            var age = random.Next(196, 547) / 7.0;
            var (rate, isGone, lifetime) = draw();
            var (bought, last) = (0, 0.0);
            for (var at = Exponential() / rate; at <= Math.Min(age, lifetime); at += Exponential() / rate)
            {
                (bought, last) = (bought + 1, at);
                if (isGone(at)) break;
            }
            customers[i] = new CustomerSummary(i, bought, last, age, MeanSpend: 0);
        }
        return customers;
    }

    private double Exponential() => -Math.Log(1 - random.NextDouble());

    private double Beta(double a, double b)
    {
        var (x, y) = (Gamma(a), Gamma(b));
        return x / (x + y);
    }

    // Marsaglia and Tsang (2000); below 1 by the power of a uniform.
    private double Gamma(double shape)
    {
        if (shape < 1) return Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Math.Sqrt(2 * Exponential()) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
