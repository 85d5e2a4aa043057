namespace CustomerCrm.Analytics.Rfm;

/// <summary>The scores of all customers as of one day.</summary>
public sealed record RfmTable
{
    public required DateOnly AsOf { get; init; }

    public required IReadOnlyList<RfmScore> Scores { get; init; }

    public required Sufficiency Sufficiency { get; init; }
}

/// <summary>One customer's figures and his scores among all, 5 being best.</summary>
public sealed record RfmScore
{
    public required int Customer { get; init; }

    public required int DaysSinceLast { get; init; }

    /// <summary>Days with a purchase, the first one included.</summary>
    public required int PurchaseDays { get; init; }

    /// <summary>Sum of all purchases, in their unit.</summary>
    public required double Spend { get; init; }

    public required int Recency { get; init; }

    public required int Frequency { get; init; }

    public required int Monetary { get; init; }

    public required RfmGroup Group { get; init; }
}
