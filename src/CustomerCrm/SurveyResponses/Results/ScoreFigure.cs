using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Estimates;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.SurveyResponses.Results;

/// <summary>The score of some answers, with the interval that it lies in at 95 %.</summary>
/// <example>{"n":120,"value":42.5,"low":27.9,"high":55.6,"unit":"points","method":"net_promoter_adjusted_wald","low_count":18,"middle_count":33,"high_count":69,"distribution":[{"score":10,"count":69}],"sufficient":true,"reason":null}</example>
public sealed record ScoreFigure
{
    /// <summary>Of fewer answers a score says little.</summary>
    internal const int Fewest = 10;

    /// <summary>Answers with a score.</summary>
    public required int N { get; init; }

    /// <summary>NPS in points from -100 to 100; CSAT as a share from 0 to 1; else the mean. Null where nobody answered, or too few to show.</summary>
    public required double? Value { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public required double? Low { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public required double? High { get; init; }

    /// <summary><c>points</c>, <c>share</c> or <c>mean</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>How the interval is made: <c>net_promoter_adjusted_wald</c> (B. Rocks 2016), <c>wilson</c> (E. B. Wilson 1927) or <c>student_t</c> (W. S. Gosset 1908).</summary>
    public required string Method { get; init; }

    /// <summary>Of CSAT, NPS and CES: detractors, or who is unhappy.</summary>
    public required int? LowCount { get; init; }

    public required int? MiddleCount { get; init; }

    /// <summary>Of CSAT, NPS and CES: promoters, or who is happy.</summary>
    public required int? HighCount { get; init; }

    /// <summary>How many gave which score; those that nobody gave are left out.</summary>
    public required IReadOnlyList<ScoreCount> Distribution { get; init; }

    /// <summary>Whether there are at least 10 answers.</summary>
    public required bool Sufficient { get; init; }

    /// <summary>Why not: <c>no_answers</c>, <c>too_few_answers</c>, <c>too_few_to_be_anonymous</c>.</summary>
    public required string? Reason { get; init; }

    /// <param name="kind">Of the survey.</param>
    /// <param name="counts">How many gave which score.</param>
    /// <param name="anonymity">Fewer answers than this are not shown; null: all are.</param>
    internal static ScoreFigure Of(SurveyKind kind, IReadOnlyList<ScoreCount> counts, int? anonymity)
    {
        var n = counts.Sum(count => count.Count);
        var (unit, method) = kind switch
        {
            SurveyKind.Nps => ("points", "net_promoter_adjusted_wald"),
            SurveyKind.Csat => ("share", "wilson"),
            _ => ("mean", "student_t"),
        };
        var hidden = new ScoreFigure { N = n, Value = null, Low = null, High = null, Unit = unit, Method = method, LowCount = null, MiddleCount = null, HighCount = null, Distribution = [], Sufficient = false, Reason = "no_answers" };
        if (n == 0) return hidden;
        if (n < anonymity) return hidden.Hidden();

        int In(ScoreStanding standing) => counts.Where(count => ScoreScale.StandingOf(kind, count.Score) == standing).Sum(count => count.Count);
        var (low, middle, high) = (In(ScoreStanding.Low), In(ScoreStanding.Middle), In(ScoreStanding.High));
        var (value, from, to) = ValueOf(kind, counts, n, low, middle, high);
        var hasParts = kind != SurveyKind.Free;
        return hidden with
        {
            Value = value, Low = from, High = to, LowCount = hasParts ? low : null, MiddleCount = hasParts ? middle : null, HighCount = hasParts ? high : null,
            Distribution = [.. counts.OrderBy(count => count.Score)], Sufficient = n >= Fewest, Reason = n >= Fewest ? null : "too_few_answers",
        };
    }

    /// <summary>Nothing but that there are too few.</summary>
    internal ScoreFigure Hidden() => this with { N = 0, Value = null, Low = null, High = null, LowCount = null, MiddleCount = null, HighCount = null, Distribution = [], Sufficient = false, Reason = "too_few_to_be_anonymous" };

    private static (double? Value, double? Low, double? High) ValueOf(SurveyKind kind, IReadOnlyList<ScoreCount> counts, int n, int low, int middle, int high)
    {
        switch (kind)
        {
            case SurveyKind.Nps:
                var score = NetPromoterScore.Of(high, middle, low);
                return (score.Value, score.Low, score.High);
            case SurveyKind.Csat:
                var share = Rate.Of(high, n);
                return (share.Value, share.Low, share.High);
            default:
                var mean = MeanEstimate.Of(n, counts.Sum(c => (double)c.Count * c.Score), counts.Sum(c => (double)c.Count * c.Score * c.Score));
                return (mean.Mean, n < 2 ? null : mean.Low, n < 2 ? null : mean.High);
        }
    }
}

/// <summary>How many gave a score.</summary>
public sealed record ScoreCount
{
    public required int Score { get; init; }
    public required int Count { get; init; }
}
