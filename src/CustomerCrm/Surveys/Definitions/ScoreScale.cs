namespace CustomerCrm.Surveys.Definitions;

/// <summary>Pure: the scales of the known kinds of survey, and where a score on them stands.</summary>
internal static class ScoreScale
{
    public static (int Min, int Max)? Of(SurveyKind kind) => kind switch
    {
        SurveyKind.Csat => (1, 5),
        SurveyKind.Nps => (0, 10),
        SurveyKind.Ces => (1, 7),
        _ => null,
    };

    /// <returns>Null: there is no score, or its kind has no such parts.</returns>
    public static ScoreStanding? StandingOf(SurveyKind kind, int? score) => (kind, score) switch
    {
        (_, null) or (SurveyKind.Free, _) => null,
        (SurveyKind.Csat, _) => Parts(score.Value, mostLow: 2, leastHigh: 4),
        (SurveyKind.Nps, _) => Parts(score.Value, mostLow: 6, leastHigh: 9),
        _ => Parts(score.Value, mostLow: 3, leastHigh: 5),
    };

    private static ScoreStanding Parts(int score, int mostLow, int leastHigh) =>
        score <= mostLow ? ScoreStanding.Low : score >= leastHigh ? ScoreStanding.High : ScoreStanding.Middle;
}
