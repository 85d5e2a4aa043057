using CustomerCrm.Insights;
using CustomerCrm.Platform.Data;
using CustomerCrm.Sentiment.Reports;
using CustomerCrm.Surveys;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.SurveyResponses.Results;

/// <summary>GET /surveys/{survey_id}/results: what came of a survey between two days.</summary>
public static class ShowSurveyResults
{
    public sealed record Results
    {
        public required Id<Survey> SurveyId { get; init; }
        public required SurveyKind Kind { get; init; }

        /// <summary>The first day, in the tenant's zone.</summary>
        public required DateOnly From { get; init; }

        /// <summary>The last day, included.</summary>
        public required DateOnly To { get; init; }

        public required string TimeZone { get; init; }

        /// <summary>Of all who gave one, also where they left before the end of the survey. Null where no question is the score.</summary>
        public required ScoreFigure? Score { get; init; }

        /// <summary>The same of the days before, as many as these: what the score is compared with.</summary>
        public required ScoreFigure? ScoreBefore { get; init; }

        /// <summary>Of those who were asked in these days, who has answered since, whole or in part.</summary>
        public required RateFigure ResponseRate { get; init; }

        /// <summary>Of the answers of these days, those that go to the end of the survey. The others are parts: their scores and answers count in every other figure, each question by those who answered it. Of an anonymous survey nothing is kept before it is sent, so it has none.</summary>
        public required RateFigure Completion { get; init; }

        /// <summary>How many of the answers of these days are parts.</summary>
        public required int PartialCount { get; init; }

        /// <summary>Week by week or month by month; the first and the last may be cut.</summary>
        public required IReadOnlyList<Period> Trend { get; init; }

        /// <summary>Question by question, in the order of the survey as it is now; then those that are asked no more.</summary>
        public required IReadOnlyList<QuestionFigure> Questions { get; init; }

        public required FollowUpFigures FollowUps { get; init; }
    }

    public sealed record Period
    {
        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }
        public required ScoreFigure Score { get; init; }
    }

    /// <summary>How the pieces of a trend are cut.</summary>
    public enum Interval
    {
        Week,
        Month,
    }

    /// <param name="surveyId">Which.</param>
    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    /// <param name="interval">How the trend is cut.</param>
    internal static async Task<Results> Handle(
        [FromRoute(Name = "survey_id")] Id<Survey> surveyId, DateOnly? from, DateOnly? to, string? interval, ResultReading reading, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var survey = await Survey.FindAsync(surveyId, db, ct);
        var cut = interval switch
        {
            null or "week" => Interval.Week,
            "month" => Interval.Month,
            _ => throw Platform.Problems.ApiProblem.BadQuery("interval", "value_invalid", "week or month."),
        };
        var tenant = await settings.GetAsync(ct);
        var range = ReportRange.Of(from, to, tenant.Calendar, clock.GetUtcNow());
        return await db.InSnapshotAsync(async () =>
        {
            var hasScore = survey.Definition.Score is not null;
            var completion = await reading.CompletionAsync(survey, range.Starts, range.Ends, ct);
            var days = range.To.DayNumber - range.From.DayNumber + 1;
            return new Results
            {
                SurveyId = survey.Id,
                Kind = survey.Kind,
                From = range.From,
                To = range.To,
                TimeZone = tenant.TimeZone,
                Score = hasScore ? await reading.ScoreAsync(survey, range.Starts, range.Ends, ct) : null,
                ScoreBefore = hasScore ? await reading.ScoreAsync(survey, tenant.Calendar.StartOf(range.From.AddDays(-days)), range.Starts, ct) : null,
                ResponseRate = RateFigure.Of(await reading.ResponseRateAsync(survey, range.Starts, range.Ends, ct)),
                Completion = RateFigure.Of(completion),
                PartialCount = completion.N - completion.Count,
                Trend = hasScore ? await TrendAsync(survey, range, cut, tenant.WeekStart, reading, ct) : [],
                Questions = await reading.QuestionsAsync(survey, range.Starts, range.Ends, ct),
                FollowUps = await reading.FollowUpsAsync(survey, range.Starts, range.Ends, ct),
            };
        }, ct);
    }

    private static async Task<IReadOnlyList<Period>> TrendAsync(Survey survey, ReportRange range, Interval cut, DayOfWeek weekStart, ResultReading reading, CancellationToken ct)
    {
        var periods = new List<Period>();
        for (var first = range.From; first <= range.To;)
        {
            var next = cut == Interval.Month ? new DateOnly(first.Year, first.Month, 1).AddMonths(1) : first.AddDays(7 - (first.DayOfWeek - weekStart + 7) % 7);
            var last = next > range.To ? range.To : next.AddDays(-1);
            periods.Add(new Period { From = first, To = last, Score = await reading.ScoreAsync(survey, range.Calendar.StartOf(first), range.Calendar.StartOf(last.AddDays(1)), ct) });
            first = last.AddDays(1);
        }
        return survey.IsAnonymous ? [.. HiddenTogether.Of(periods, p => p.Score, (p, score) => p with { Score = score })] : periods;
    }
}
