namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The predictive distribution of a customer's purchases over a horizon: none for sure if the customer has left, else as the
/// model says of one who is there. Probabilities are computed as far as they are asked for. Not safe for use by several threads.
/// </summary>
public sealed class PurchaseCounts
{
    /// <summary>A larger count is reported as this one.</summary>
    public const int Most = 1_000_000;

    private readonly double alive;
    private readonly CountsIfAlive counts;
    private readonly List<double> probabilities = [];
    private readonly List<double> cumulative = [];

    internal PurchaseCounts(double alive, CountsIfAlive counts) => (this.alive, this.counts) = (alive, counts);

    /// <summary>P(Y = count).</summary>
    public double Probability(int count)
    {
        if (count is < 0 or > Most) return 0;
        while (probabilities.Count <= count) Extend();
        return probabilities[count];
    }

    /// <summary>P(Y ≤ count).</summary>
    public double AtMost(int count)
    {
        if (count < 0) return 0;
        if (count >= Most) return 1;
        _ = Probability(count);
        return cumulative[count];
    }

    /// <summary>The smallest count that is not exceeded with at least this probability.</summary>
    public int Quantile(double probability)
    {
        var count = 0;
        while (count < Most && AtMost(count) < probability && !IsBeyond(count)) count++;
        return count;
    }

    /// <summary>See <see cref="PredictiveInterval"/> for where its ends are put.</summary>
    public PredictiveInterval Interval(double level)
    {
        var (lowTail, highTail) = PredictiveInterval.Tails(level, Probability(0));
        int low = Quantile(lowTail), high = Quantile(highTail);
        return new PredictiveInterval(low, high, AtMost(high) - AtMost(low - 1));
    }

    /// <summary>All but nothing is left, so that rounding alone keeps the sum from reaching one.</summary>
    private bool IsBeyond(int count) => cumulative[count] > 0.999 && probabilities[count] < 1e-18;

    private void Extend()
    {
        var count = probabilities.Count;
        var probability = Math.Clamp(alive * counts.Next() + (count == 0 ? 1 - alive : 0), 0, 1);
        probabilities.Add(probability);
        cumulative.Add(Math.Min(1, probability + (count == 0 ? 0 : cumulative[^1])));
    }
}
