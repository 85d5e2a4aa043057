namespace CustomerCrm.Analytics.Retention;

/// <summary>The days between one purchase day of a customer and the next, over all customers.</summary>
/// <param name="N">How many such gaps there are; the other figures are null when there is none.</param>
/// <param name="Mean">In days.</param>
/// <param name="Median">In days; between two gaps the middle of them.</param>
/// <param name="P90">Nine gaps in ten are no longer; interpolated between gaps.</param>
public sealed record InterpurchaseDays(int N, double? Mean, double? Median, double? P90)
{
    public static InterpurchaseDays Of(PurchaseDays purchases)
    {
        var gaps = new List<int>(purchases.Count);
        for (var i = 0; i < purchases.Customers; i++)
        {
            var days = purchases.DaysOf(i);
            for (var k = 1; k < days.Length; k++) gaps.Add(days[k] - days[k - 1]);
        }

        if (gaps.Count == 0) return new InterpurchaseDays(0, null, null, null);
        gaps.Sort();
        return new InterpurchaseDays(gaps.Count, gaps.Average(), Quantile(gaps, 0.5), Quantile(gaps, 0.9));
    }

    /// <summary>Linear between order statistics: type 7 of Hyndman and Fan 1996.</summary>
    private static double Quantile(List<int> sorted, double probability)
    {
        var at = (sorted.Count - 1) * probability;
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
