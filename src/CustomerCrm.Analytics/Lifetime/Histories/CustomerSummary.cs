namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// What the lifetime models need to know of one customer, in weeks (Fader, Hardie and Lee 2005): x, t_x, T and the mean spend.
/// </summary>
/// <param name="Customer">The caller's number.</param>
/// <param name="Frequency">x: days with a purchase after the first one.</param>
/// <param name="Recency">t_x: weeks from the first to the last purchase; 0 when there is one.</param>
/// <param name="Age">T: weeks from the first purchase to the end of the observation.</param>
/// <param name="MeanSpend">Mean spend of a repeat purchase day, the first day left out; 0 when there is none.</param>
public readonly record struct CustomerSummary(int Customer, int Frequency, double Recency, double Age, double MeanSpend);
