using CustomerCrm.Analytics;
using CustomerCrm.Insights;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Sentiment.Shifts;

/// <summary>Far more or far fewer customers than before were unhappy: by more than chance.</summary>
public sealed record SentimentShift : IHasId
{
    public static string Prefix => "shi";

    public required Id<SentimentShift> Id { get; init; }

    /// <summary>The last of the days looked at, in the tenant's zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>How many days were looked at: one, or a week. They are compared with the 28 before them.</summary>
    public required int Days { get; init; }

    /// <summary>More unhappy customers, not fewer.</summary>
    public required bool IsWorse { get; init; }

    /// <summary>The share of negative interactions in those days.</summary>
    public RateFigure Now => RateFigure.Of(Rate.Of(NegativeCount, TotalCount));

    /// <summary>The share before.</summary>
    public RateFigure Before => RateFigure.Of(Rate.Of(NegativeBefore, TotalBefore));

    /// <summary>How far apart the two are, in standard deviations of what chance does (two-proportion z test). From 3 on it is a shift, if it is ten points at least.</summary>
    public required double Deviations { get; init; }

    public required DateTimeOffset FoundAt { get; init; }

    internal int NegativeCount { get; init; }
    internal int TotalCount { get; init; }
    internal int NegativeBefore { get; init; }
    internal int TotalBefore { get; init; }

    private static readonly TenantSql All = TenantSql.Of("""
        SELECT x.Id, x.Day, x.Days, x.IsWorse, x.NegativeCount, x.TotalCount, x.NegativeBefore, x.TotalBefore, x.Deviations, x.FoundAt
        FROM SentimentShifts x
        WHERE x.TenantId = @TenantId
        """);

    internal static readonly ListOf<SentimentShift> List = ListOf<SentimentShift>.From(All, "x.Id", shift => shift.Id.ToBytes())
        .SortedBy("day", "x.Day", shift => shift.Day, isDescending: true)
        .FilteredBy("is_worse", "x.IsWorse", FilterType.Boolean, Operators.Equal)
        .FilteredBy("day", "x.Day", FilterType.Day, Operators.Range);
}
