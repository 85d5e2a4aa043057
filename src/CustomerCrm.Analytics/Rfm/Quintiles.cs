namespace CustomerCrm.Analytics.Rfm;

/// <summary>
/// Scores 1 to 5 by fifths of the customers: 1 + ⌊5 · (customers with a strictly lower value) / n⌋. Equal values always have
/// equal scores, whatever the order of the customers, and the lowest value always has 1. With many equal values some scores stay
/// empty: when most customers bought once, all of those have a frequency of 1 and the next ones a 4 or 5.
/// </summary>
public static class Quintiles
{
    public const int Fifths = 5;

    public static int[] Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var scores = new int[values.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = 1 + (int)((long)Fifths * Lower(sorted, values[i]) / sorted.Length);
        return scores;
    }

    private static int Lower(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
