namespace CustomerCrm.Analytics.Retention;

/// <summary>Of the customers who bought in one calendar quarter, those who bought in the next.</summary>
public sealed record QuarterRetention
{
    /// <summary>As <c>1997Q2</c>.</summary>
    public required string Quarter { get; init; }

    public required int Active { get; init; }

    /// <summary>Retained of those active in the quarter before.</summary>
    public required Rate Retained { get; init; }

    /// <summary>False for the last quarter when it is not over.</summary>
    public required bool IsOver { get; init; }

    /// <summary>Every quarter after the first one with a purchase, up to that of the last day observed.</summary>
    public static IReadOnlyList<QuarterRetention> Of(PurchaseDays purchases)
    {
        if (purchases.First is not { } firstDay) return [];

        var first = Index(firstDay);
        var active = new int[Index(purchases.Through) - first + 1];
        var retained = new int[active.Length];
        for (var i = 0; i < purchases.Customers; i++)
        {
            var before = -2;
            foreach (var day in purchases.DaysOf(i))
            {
                var quarter = Index(DateOnly.FromDayNumber(day)) - first;
                if (quarter == before) continue;
                active[quarter]++;
                if (quarter == before + 1) retained[quarter]++;
                before = quarter;
            }
        }

        return [.. Enumerable.Range(1, active.Length - 1).Select(k => new QuarterRetention
        {
            Quarter = $"{(first + k) / 4}Q{(first + k) % 4 + 1}",
            Active = active[k],
            Retained = Rate.Of(retained[k], active[k - 1]),
            IsOver = Index(purchases.Through.AddDays(1)) > first + k,
        })];
    }

    private static int Index(DateOnly day) => day.Year * 4 + (day.Month - 1) / 3;
}
