using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>Customers drawn from the laws that the models assume, with a fixed seed.</summary>
internal sealed class Shoppers(int seed)
{
    private readonly Random random = new(seed);

    public CustomerSummary[] BetaGeometric(int count, double r, double alpha, double a, double b, bool mayLeaveAtOnce = false) =>
        Draw(count, age =>
        {
            var (rate, leaving, gone) = (Gamma(r) / alpha, Beta(a, b), false);
            gone = mayLeaveAtOnce && random.NextDouble() < leaving;
            return (rate, () => gone ? 0 : age, () => gone = random.NextDouble() < leaving);
        });

    public CustomerSummary[] Pareto(int count, double r, double alpha, double s, double beta) =>
        Draw(count, age =>
        {
            var (rate, end) = (Gamma(r) / alpha, Math.Min(age, Exponential() / (Gamma(s) / beta)));
            return (rate, () => end, () => { });
        });

    public double Gamma(double shape)
    {
        // Marsaglia and Tsang 2000.
        if (shape < 1) return Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        while (true)
        {
            var z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + z / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < z * z / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    public double Beta(double a, double b)
    {
        var x = Gamma(a);
        return x / (x + Gamma(b));
    }

    public double Exponential() => -Math.Log(1 - random.NextDouble());

    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>Whole days of age, from 28 to 78 weeks.</summary>
    private CustomerSummary[] Draw(int count, Func<double, (double Rate, Func<double> End, Action Bought)> customer)
    {
        var summaries = new CustomerSummary[count];
        for (var i = 0; i < count; i++)
        {
            var age = random.Next(196, 547) / 7.0;
            var (rate, end, bought) = customer(age);
            double last = 0;
            var x = 0;
            for (var at = Exponential() / rate; at <= end(); at += Exponential() / rate)
            {
                x++;
                last = at;
                bought();
            }

            summaries[i] = new CustomerSummary(i, x, last, age, x == 0 ? 0 : 5 + 40 * random.NextDouble());
        }

        return summaries;
    }
}
