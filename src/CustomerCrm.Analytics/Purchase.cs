namespace CustomerCrm.Analytics;

/// <summary>One purchase as the mathematics sees it.</summary>
/// <param name="Customer">
/// A number the caller gives each customer: the results carry it back. Input is fastest when sorted by it, then by day.
/// </param>
/// <param name="Day">The day in the time zone the caller reports in.</param>
/// <param name="Amount">In any one unit; results that are money are in the same unit.</param>
public readonly record struct Purchase(int Customer, DateOnly Day, double Amount);
