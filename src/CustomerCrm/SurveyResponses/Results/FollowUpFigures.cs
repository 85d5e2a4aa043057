using CustomerCrm.Insights;

namespace CustomerCrm.SurveyResponses.Results;

/// <summary>Whether loops are closed, of those opened in the days of the report.</summary>
public sealed record FollowUpFigures
{
    public required int Opened { get; init; }
    public required int Open { get; init; }
    public required int InProgress { get; init; }

    /// <summary>The share that is closed by now.</summary>
    public required RateFigure Closed { get; init; }

    /// <summary>From opened to closed, of those that are; null where none is.</summary>
    public required double? MedianHoursToClose { get; init; }
}
