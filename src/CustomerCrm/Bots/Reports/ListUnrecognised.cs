using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Bots.Reports;

/// <summary>GET /bots/{bot_id}/unrecognised: what a bot should learn.</summary>
public static class ListUnrecognised
{
    private const int DefaultLimit = 50, MaxLimit = 200;

    public sealed record Response
    {
        /// <summary>The most frequent first.</summary>
        public required IReadOnlyList<UnrecognisedPhrase> Data { get; init; }
    }

    /// <summary>What was said and not recognised.</summary>
    public sealed record UnrecognisedPhrase
    {
        /// <summary>In lower case, without words that look like an address or a number.</summary>
        /// <example>can you wrap it as a gift</example>
        public required string Text { get; init; }

        public required int Times { get; init; }
        public required DateTimeOffset LastAt { get; init; }
    }

    /// <param name="botId">Which.</param>
    /// <param name="from">From when; 30 days ago if nothing is said.</param>
    /// <param name="to">Until when; now if nothing is said.</param>
    /// <param name="limit">How many, 1 to 200; 50 if nothing is said.</param>
    /// <param name="db">Where they are.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<Response> Handle([FromRoute(Name = "bot_id")] Id<Bot> botId, DateTimeOffset? from, DateTimeOffset? to, [Range(1, MaxLimit)] int? limit, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        await Bot.FindAsync(botId, db, ct);
        var (since, until) = ShowBotReport.Period(from, to, clock);
        return new Response { Data = await db.QueryTopAsync<UnrecognisedPhrase>(Said, limit ?? DefaultLimit, new { BotId = botId, From = since, To = until }, ct) };
    }

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT t.Said AS Text, COUNT(*) AS Times, MAX(t.AnsweredAt) AS LastAt
        FROM BotTurns t
        WHERE t.TenantId = @TenantId
          AND t.BotId = @BotId
          AND t.AnsweredAt >= @From
          AND t.AnsweredAt < @To
          AND t.IsUnrecognised = 1
          AND t.Said IS NOT NULL
        GROUP BY t.Said
        ORDER BY COUNT(*) DESC, t.Said
        """);
}
