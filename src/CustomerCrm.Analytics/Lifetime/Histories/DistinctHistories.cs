namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The distinct (x, t_x, T) of many customers and how many share each, in the order first met. The likelihood of customers who
/// share a history is the same number, so it is computed once: purchases by day leave a third to a half of the rows.
/// </summary>
internal sealed class DistinctHistories
{
    private DistinctHistories(int[] x, double[] recency, double[] age, double[] weight)
    {
        X = x;
        Recency = recency;
        Age = age;
        Weight = weight;
        Frequencies = [.. x.Distinct().Order()];
        FrequencyWeights = new double[Frequencies.Length];
        FrequencyIndex = new int[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            FrequencyIndex[i] = Array.BinarySearch(Frequencies, x[i]);
            FrequencyWeights[FrequencyIndex[i]] += weight[i];
        }
    }

    public int Count => X.Length;

    public int[] X { get; }

    public double[] Recency { get; }

    public double[] Age { get; }

    public double[] Weight { get; }

    /// <summary>The distinct x, ascending; what depends on x alone is computed once for each.</summary>
    public int[] Frequencies { get; }

    public double[] FrequencyWeights { get; }

    public int[] FrequencyIndex { get; }

    public double Customers => FrequencyWeights.Sum();

    public double Repeaters => Frequencies.Zip(FrequencyWeights, (x, n) => x > 0 ? n : 0).Sum();

    public double Purchases => Frequencies.Zip(FrequencyWeights, (x, n) => x * n).Sum();

    public double TotalAge => Age.Zip(Weight, (t, n) => t * n).Sum();

    public static DistinctHistories Of(ReadOnlySpan<CustomerSummary> summaries)
    {
        var slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, summaries.Length * 2L))];
        var mask = slots.Length - 1;
        var x = new List<int>();
        var recency = new List<double>();
        var age = new List<double>();
        var weight = new List<double>();
        foreach (ref readonly var summary in summaries)
        {
            var history = History.Of(summary);
            var slot = history.Hash() & mask;
            while (slots[slot] != 0 && !history.Equals(new History(x[slots[slot] - 1], recency[slots[slot] - 1], age[slots[slot] - 1])))
                slot = (slot + 1) & mask;

            if (slots[slot] != 0)
            {
                weight[slots[slot] - 1]++;
                continue;
            }

            x.Add(history.X);
            recency.Add(history.Recency);
            age.Add(history.Age);
            weight.Add(1);
            slots[slot] = x.Count;
        }

        return new DistinctHistories([.. x], [.. recency], [.. age], [.. weight]);
    }

    /// <summary>Every k-th history, so that about <paramref name="size"/> remain.</summary>
    public DistinctHistories Sample(int size)
    {
        var stride = Math.Max(1, Count / size);
        var picked = Enumerable.Range(0, (Count + stride - 1) / stride).Select(i => i * stride).ToArray();
        return new DistinctHistories([.. picked.Select(i => X[i])], [.. picked.Select(i => Recency[i])], [.. picked.Select(i => Age[i])], [.. picked.Select(i => Weight[i])]);
    }
}
