namespace CustomerCrm.Analytics.Retention;

/// <summary>Customers by the month of their first purchase, and how many of each were there period by period.</summary>
public sealed record CohortMatrix
{
    public required DateOnly Through { get; init; }

    /// <summary>
    /// False when the last calendar month is not over, so that the last cell of every row of a calendar matrix will still grow.
    /// A matrix by elapsed time has only periods that are over.
    /// </summary>
    public required bool IsLastPeriodOver { get; init; }

    /// <summary>Ascending by month; months without a first purchase have no row.</summary>
    public required IReadOnlyList<Cohort> Cohorts { get; init; }
}

/// <summary>One row: <see cref="Periods"/>[k] is the share retained k periods after the first one.</summary>
public sealed record Cohort
{
    /// <summary>The first day of the month.</summary>
    public required DateOnly Month { get; init; }

    public required int Customers { get; init; }

    /// <summary>
    /// As many as have been observed. Of a calendar month everyone has been observed alike, so N is <see cref="Customers"/>; of
    /// elapsed time N counts those whose own period is over.
    /// </summary>
    public required IReadOnlyList<Rate> Periods { get; init; }
}
