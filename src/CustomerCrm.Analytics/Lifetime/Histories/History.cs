namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// (x, t_x, T) made safe: whatever comes in, 0 ≤ t_x ≤ T, all finite, and t_x = 0 for a customer who never came back. The bounds
/// (a million purchases, 100,000 weeks) are beyond any trade and keep the arithmetic within doubles.
/// </summary>
internal readonly record struct History(int X, double Recency, double Age)
{
    private const int MostPurchases = 1_000_000;
    private const double MostWeeks = 100_000;

    public static History Of(in CustomerSummary summary) => Of(summary.Frequency, summary.Recency, summary.Age);

    public static History Of(int x, double recency, double age)
    {
        x = Math.Clamp(x, 0, MostPurchases);
        age = Weeks(age);
        return new History(x, x == 0 ? 0 : Math.Min(Weeks(recency), age), age);
    }

    /// <summary>A horizon or an age, between 0 and the most weeks; what is not a number is 0.</summary>
    public static double Weeks(double weeks) => weeks > 0 ? Math.Min(weeks, MostWeeks) : 0;

    public int Hash()
    {
        var mixed = (ulong)BitConverter.DoubleToInt64Bits(Recency) * 0x9E3779B97F4A7C15
            ^ (ulong)BitConverter.DoubleToInt64Bits(Age) * 0xC2B2AE3D27D4EB4F
            ^ (ulong)(uint)X * 0x165667B19E3779F9;
        mixed ^= mixed >> 32;
        mixed *= 0xD6E8FEB86659FD93;
        return (int)(mixed >> 32);
    }
}
