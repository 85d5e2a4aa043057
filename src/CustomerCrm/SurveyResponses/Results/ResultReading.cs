using CustomerCrm.Analytics;
using CustomerCrm.Insights;
using CustomerCrm.Platform.Data;
using CustomerCrm.SurveyResponses.FollowUps;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Versions;

namespace CustomerCrm.SurveyResponses.Results;

/// <summary>Counts answers where they are: each figure is one stretch of an index, and comes back as a handful of rows.</summary>
internal sealed class ResultReading(TenantDb db)
{
    // More follow-ups than anybody closes in a year; the median of the first says the same.
    private const int MostFollowUps = 20_000;

    public async Task<ScoreFigure> ScoreAsync(Survey survey, DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct) =>
        ScoreFigure.Of(survey.Kind, await db.QueryAsync<ScoreCount>(Scores, new { SurveyId = survey.Id, Starts = starts, Ends = ends }, ct), survey.Settings.AnonymityThreshold);

    public async Task<Rate> ResponseRateAsync(Survey survey, DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct)
    {
        var asked = (await db.QueryAsync<Asked>(Sent, new { SurveyId = survey.Id, Starts = starts, Ends = ends }, ct))[0];
        return Rate.Of(asked.Answered ?? 0, asked.Total);
    }

    public async Task<Rate> CompletionAsync(Survey survey, DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct)
    {
        var args = new { SurveyId = survey.Id, Starts = starts, Ends = ends };
        var all = await db.FindAsync<int>(Given, args, ct);
        return Rate.Of(all - await db.FindAsync<int>(GivenInPart, args, ct), all);
    }

    public async Task<IReadOnlyList<QuestionFigure>> QuestionsAsync(Survey survey, DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct)
    {
        var args = new { SurveyId = survey.Id, Starts = starts, Ends = ends };
        var counts = (await db.QueryAsync<AnswerCount>(Answers, args, ct)).ToLookup(count => count.QuestionKey);
        var asked = (await db.QueryAsync<Answerers>(HowMany, args, ct)).ToDictionary(one => one.QuestionKey, one => one.Count);
        var answered = await SurveyVersion.AnsweredAsync(survey.Id, db, ct);
        var questions = survey.Definition.Questions.Concat(answered.OrderByDescending(version => version.Version).SelectMany(version => version.Definition.Questions)).DistinctBy(question => question.Key);
        return [.. questions.Select(question => QuestionFigure.Of(question, [.. counts[question.Key]], asked.GetValueOrDefault(question.Key), survey.Settings.AnonymityThreshold))];
    }

    public async Task<FollowUpFigures> FollowUpsAsync(Survey survey, DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct)
    {
        var rows = await db.QueryTopAsync<Loop>(Loops, MostFollowUps, new { SurveyId = survey.Id, Starts = starts, Ends = ends }, ct);
        double[] hours = [.. rows.Where(row => row.ClosedAt is not null).Select(row => (row.ClosedAt!.Value - row.OpenedAt).TotalHours).Order()];
        int In(FollowUpState state) => rows.Count(row => row.State == state);
        return new FollowUpFigures
        {
            Opened = rows.Count,
            Open = In(FollowUpState.Open),
            InProgress = In(FollowUpState.InProgress),
            Closed = RateFigure.Of(Rate.Of(In(FollowUpState.Closed), rows.Count)),
            MedianHoursToClose = hours.Length == 0 ? null : Math.Round((hours[(hours.Length - 1) / 2] + hours[hours.Length / 2]) / 2, 2),
        };
    }

    private sealed record Asked
    {
        public required int Total { get; init; }
        public int? Answered { get; init; }
    }

    private sealed record Answerers
    {
        public required string QuestionKey { get; init; }
        public required int Count { get; init; }
    }

    private sealed record Loop
    {
        public required FollowUpState State { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
    }

    private static readonly TenantSql Scores = TenantSql.Of("""
        SELECT r.Score, COUNT(*) AS Count
        FROM SurveyResponses r
        WHERE r.TenantId = @TenantId
          AND r.SurveyId = @SurveyId
          AND r.AnsweredAt >= @Starts
          AND r.AnsweredAt < @Ends
          AND r.Score IS NOT NULL
        GROUP BY r.Score
        """);

    private static readonly TenantSql Sent = TenantSql.Of("""
        SELECT COUNT(*) AS Total, SUM(CASE WHEN i.State = 3 THEN 1 ELSE 0 END) AS Answered
        FROM SurveyInvitations i
        WHERE i.TenantId = @TenantId
          AND i.SurveyId = @SurveyId
          AND i.SentAt >= @Starts
          AND i.SentAt < @Ends
        """);

    private static readonly TenantSql Given = TenantSql.Of("""
        SELECT COUNT(*)
        FROM SurveyResponses r
        WHERE r.TenantId = @TenantId
          AND r.SurveyId = @SurveyId
          AND r.AnsweredAt >= @Starts
          AND r.AnsweredAt < @Ends
        """);

    private static readonly TenantSql GivenInPart = Given.Then("AND r.IsComplete = 0");

    private static readonly TenantSql Answers = TenantSql.Of("""
        SELECT a.QuestionKey, a.Item, a.Number, a.Choice, COUNT(*) AS Count
        FROM SurveyAnswers a
        WHERE a.TenantId = @TenantId
          AND a.SurveyId = @SurveyId
          AND a.AnsweredAt >= @Starts
          AND a.AnsweredAt < @Ends
        GROUP BY a.QuestionKey, a.Item, a.Number, a.Choice
        """);

    private static readonly TenantSql HowMany = TenantSql.Of("""
        SELECT a.QuestionKey, COUNT(DISTINCT a.ResponseId) AS Count
        FROM SurveyAnswers a
        WHERE a.TenantId = @TenantId
          AND a.SurveyId = @SurveyId
          AND a.AnsweredAt >= @Starts
          AND a.AnsweredAt < @Ends
        GROUP BY a.QuestionKey
        """);

    private static readonly TenantSql Loops = TenantSql.Of("""
        SELECT f.State, f.OpenedAt, f.ClosedAt
        FROM SurveyFollowUps f
        WHERE f.TenantId = @TenantId
          AND f.SurveyId = @SurveyId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        ORDER BY f.OpenedAt, f.ResponseId
        """);
}
