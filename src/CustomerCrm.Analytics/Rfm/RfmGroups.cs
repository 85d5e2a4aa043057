namespace CustomerCrm.Analytics.Rfm;

/// <summary>The field's usual names, from best to lost.</summary>
public enum RfmGroup
{
    Champions,
    LoyalCustomers,
    PotentialLoyalists,
    NewCustomers,
    Promising,
    NeedAttention,
    AboutToSleep,
    CannotLoseThem,
    AtRisk,
    Hibernating,
    Lost,
}

/// <summary>
/// Which group a score belongs to. Read the table with recency 5 (bought lately) as the first row, and across it the mean of
/// frequency and monetary, a half rounded up, from 1 to 5.
/// </summary>
public static class RfmGroups
{
    private static readonly RfmGroup[][] Table =
    [
        // 1                      2                            3                            4                         5
        [RfmGroup.NewCustomers, RfmGroup.PotentialLoyalists, RfmGroup.PotentialLoyalists, RfmGroup.Champions, RfmGroup.Champions],
        [RfmGroup.Promising, RfmGroup.PotentialLoyalists, RfmGroup.PotentialLoyalists, RfmGroup.LoyalCustomers, RfmGroup.LoyalCustomers],
        [RfmGroup.AboutToSleep, RfmGroup.AboutToSleep, RfmGroup.NeedAttention, RfmGroup.LoyalCustomers, RfmGroup.LoyalCustomers],
        [RfmGroup.Hibernating, RfmGroup.Hibernating, RfmGroup.AtRisk, RfmGroup.AtRisk, RfmGroup.CannotLoseThem],
        [RfmGroup.Lost, RfmGroup.Hibernating, RfmGroup.AtRisk, RfmGroup.AtRisk, RfmGroup.CannotLoseThem],
    ];

    /// <exception cref="ArgumentOutOfRangeException">When a score is not within 1 and 5.</exception>
    public static RfmGroup Of(int recency, int frequency, int monetary)
    {
        foreach (var score in (ReadOnlySpan<int>)[recency, frequency, monetary])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(score, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(score, Quintiles.Fifths);
        }

        return Table[Quintiles.Fifths - recency][(frequency + monetary + 1) / 2 - 1];
    }
}
