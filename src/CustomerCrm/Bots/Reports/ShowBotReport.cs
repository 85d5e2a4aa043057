using CustomerCrm.Analytics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Bots.Reports;

/// <summary>GET /bots/{bot_id}/report: what a bot achieves.</summary>
public static class ShowBotReport
{
    internal static readonly TimeSpan Abandoned = TimeSpan.FromHours(24), Longest = TimeSpan.FromDays(400);

    public sealed record Response
    {
        public required DateTimeOffset From { get; init; }
        public required DateTimeOffset To { get; init; }

        /// <summary>Talks that began in this time. Those that go on are in none of the rates.</summary>
        public required int Talks { get; init; }

        public required int GoingOn { get; init; }

        /// <summary>Messages that it answered.</summary>
        public required int Answers { get; init; }

        /// <summary>Ended talks that came to the end of a flow, or to a yes when it asked whether that helped, of all ended ones.</summary>
        public required BotRate Resolution { get; init; }

        /// <summary>Ended talks that it gave to a person, in hours or out of them, or that a person took, of all ended ones.</summary>
        public required BotRate HandOver { get; init; }

        /// <summary>Ended talks in which no person was needed: resolved, or left by the customer for 24 hours; of all ended ones.</summary>
        public required BotRate Containment { get; init; }

        /// <summary>Talks in which the customer said that it helped, of those in which they said whether it did.</summary>
        public required BotRate Satisfaction { get; init; }

        /// <summary>Messages in which no intent was recognised, of all that it answered.</summary>
        public required BotRate Unrecognised { get; init; }

        /// <summary>The same by what was recognised first; null: nothing was.</summary>
        public required IReadOnlyList<IntentReport> Intents { get; init; }

        /// <summary>Why it handed over, the most frequent first.</summary>
        public required IReadOnlyList<ReasonReport> Reasons { get; init; }
    }

    /// <summary>A share, with its 95 % interval by Wilson's score.</summary>
    public sealed record BotRate
    {
        /// <summary>Null while there is nothing to count.</summary>
        public double? Value { get; init; }

        public required double Low { get; init; }
        public required double High { get; init; }
        public required int N { get; init; }

        internal static BotRate Of(int count, int n)
        {
            var rate = Rate.Of(count, n);
            return new BotRate { Value = rate.Value, Low = rate.Low, High = rate.High, N = n };
        }
    }

    public sealed record IntentReport
    {
        /// <example>order_status</example>
        public string? Intent { get; init; }

        public required int Talks { get; init; }
        public required BotRate Resolution { get; init; }
        public required BotRate HandOver { get; init; }
        public required BotRate Satisfaction { get; init; }
    }

    public sealed record ReasonReport
    {
        /// <example>asked</example>
        public required string Reason { get; init; }

        public required int Talks { get; init; }
    }

    /// <param name="botId">Which.</param>
    /// <param name="from">From when; 30 days ago if nothing is said.</param>
    /// <param name="to">Until when; now if nothing is said.</param>
    /// <param name="db">Where they are.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<Response> Handle([FromRoute(Name = "bot_id")] Id<Bot> botId, DateTimeOffset? from, DateTimeOffset? to, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        await Bot.FindAsync(botId, db, ct);
        var (since, until) = Period(from, to, clock);
        var range = new { BotId = botId, From = since, To = until, Left = clock.GetUtcNow() - Abandoned };
        var counts = await db.QueryAsync<TalkCount>(Counts, range, ct);
        var answers = await db.FindAsync<AnswerCount>(Answers, range, ct) ?? new AnswerCount();
        var all = TalkFigures.Of(counts);
        return new Response
        {
            From = since, To = until, Talks = all.Talks, GoingOn = all.GoingOn, Answers = answers.Answers,
            Resolution = BotRate.Of(all.Resolved, all.Ended), HandOver = BotRate.Of(all.ToPeople, all.Ended), Containment = BotRate.Of(all.Contained, all.Ended), Satisfaction = BotRate.Of(all.Helpful, all.Judged),
            Unrecognised = BotRate.Of(answers.Unrecognised, answers.Answers),
            Intents = [.. counts.GroupBy(one => one.Intent).Select(one => (Intent: one.Key, Figures: TalkFigures.Of(one))).OrderByDescending(one => one.Figures.Talks).ThenBy(one => one.Intent, StringComparer.Ordinal).Select(one => new IntentReport
            {
                Intent = one.Intent, Talks = one.Figures.Talks, Resolution = BotRate.Of(one.Figures.Resolved, one.Figures.Ended), HandOver = BotRate.Of(one.Figures.ToPeople, one.Figures.Ended), Satisfaction = BotRate.Of(one.Figures.Helpful, one.Figures.Judged),
            })],
            Reasons = [.. counts.Where(one => one.Reason is not null).GroupBy(one => one.Reason!).Select(one => new ReasonReport { Reason = one.Key, Talks = one.Sum(count => count.Talks) }).OrderByDescending(one => one.Talks).ThenBy(one => one.Reason, StringComparer.Ordinal)],
        };
    }

    internal static (DateTimeOffset From, DateTimeOffset To) Period(DateTimeOffset? from, DateTimeOffset? to, TimeProvider clock)
    {
        var until = to ?? clock.GetUtcNow().AddTicks(1);
        var since = from ?? (until - DateTimeOffset.MinValue > TimeSpan.FromDays(31) ? until.AddDays(-30) : until);
        return since <= until && until - since <= Longest ? (since, until) : throw ApiProblem.BadQuery("from", "out_of_range", "Not after to, and at most 400 days before it.");
    }

    private sealed record AnswerCount
    {
        public int Answers { get; init; }
        public int Unrecognised { get; init; }
    }

    private static readonly TenantSql Counts = TenantSql.Of("""
        SELECT s.Intent, s.Outcome, s.Reason, s.IsHelpful, CASE WHEN s.LastAt < @Left THEN 1 ELSE 0 END AS IsLeft, COUNT(*) AS Talks
        FROM BotSessions s
        WHERE s.TenantId = @TenantId
          AND s.BotId = @BotId
          AND s.StartedAt >= @From
          AND s.StartedAt < @To
        GROUP BY s.Intent, s.Outcome, s.Reason, s.IsHelpful, CASE WHEN s.LastAt < @Left THEN 1 ELSE 0 END
        """);

    private static readonly TenantSql Answers = TenantSql.Of("""
        SELECT COUNT(*) AS Answers, COALESCE(SUM(CASE WHEN t.IsUnrecognised = 1 THEN 1 ELSE 0 END), 0) AS Unrecognised
        FROM BotTurns t
        WHERE t.TenantId = @TenantId
          AND t.BotId = @BotId
          AND t.AnsweredAt >= @From
          AND t.AnsweredAt < @To
        """);
}
