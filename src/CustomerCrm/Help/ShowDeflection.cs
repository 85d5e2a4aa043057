using CustomerCrm.Analytics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Help;

/// <summary>GET /help/deflection: how many questions articles answered before they were sent.</summary>
public static class ShowDeflection
{
    private static readonly TimeSpan settled = TimeSpan.FromHours(1), longest = TimeSpan.FromDays(400);

    public sealed record Response
    {
        public required DateTimeOffset From { get; init; }
        public required DateTimeOffset To { get; init; }

        /// <summary>How the rate is counted.</summary>
        public required string Definition { get; init; }

        /// <summary>Questions that were begun in the contact form, and for which at least one article was suggested; an hour old or older, so that they have been sent if they are to be.</summary>
        public required int Suggested { get; init; }

        /// <summary>Those of them that were not sent.</summary>
        public required int NotSent { get; init; }

        /// <summary>Those of these whose writers said that an article answers it.</summary>
        public required int Answered { get; init; }

        /// <summary>Questions for which nothing could be suggested: they were sent at once, and are not in the rate.</summary>
        public required int NothingSuggested { get; init; }

        /// <summary>not_sent of suggested.</summary>
        public required DeflectionRate Deflection { get; init; }

        /// <summary>answered of suggested: what is certain.</summary>
        public required DeflectionRate Confirmed { get; init; }
    }

    /// <summary>A share, with its 95 % interval by Wilson's score.</summary>
    public sealed record DeflectionRate
    {
        /// <summary>Null while there is nothing to count.</summary>
        public double? Value { get; init; }

        public required double Low { get; init; }
        public required double High { get; init; }
        public required int N { get; init; }
    }

    /// <param name="from">From when; 30 days ago if nothing is said.</param>
    /// <param name="to">Until when; now if nothing is said.</param>
    internal static async Task<Response> Handle(DateTimeOffset? from, DateTimeOffset? to, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = to ?? now;
        var since = from ?? (until - DateTimeOffset.MinValue > TimeSpan.FromDays(31) ? until.AddDays(-30) : until);
        if (since > until || until - since > longest) throw ApiProblem.BadQuery("from", "out_of_range", "Not after to, and at most 400 days before it.");
        var counted = await db.FindAsync<Counted>(Count, new { From = since, To = until, Settled = now - settled }, ct) ?? new Counted();
        return new Response
        {
            From = since, To = until, Suggested = counted.Suggested, NotSent = counted.NotSent, Answered = counted.Answered, NothingSuggested = counted.NothingSuggested,
            Definition = "Of the questions begun in the contact form for which articles were suggested, at least an hour ago: the share that was not sent. Who left without a word is counted, too; confirmed counts only those who said that it helped.",
            Deflection = RateOf(counted.NotSent, counted.Suggested), Confirmed = RateOf(counted.Answered, counted.Suggested),
        };
    }

    private static DeflectionRate RateOf(int count, int n)
    {
        var rate = Rate.Of(count, n);
        return new DeflectionRate { Value = rate.Value, Low = rate.Low, High = rate.High, N = n };
    }

    private sealed record Counted
    {
        public int Suggested { get; init; }
        public int NotSent { get; init; }
        public int Answered { get; init; }
        public int NothingSuggested { get; init; }
    }

    private static readonly TenantSql Count = TenantSql.Of("""
        SELECT COALESCE(SUM(CASE WHEN h.SuggestedCount > 0 THEN 1 ELSE 0 END), 0) AS Suggested,
            COALESCE(SUM(CASE WHEN h.SuggestedCount > 0 AND h.State < 3 THEN 1 ELSE 0 END), 0) AS NotSent,
            COALESCE(SUM(CASE WHEN h.SuggestedCount > 0 AND h.State = 2 THEN 1 ELSE 0 END), 0) AS Answered,
            COALESCE(SUM(CASE WHEN h.SuggestedCount = 0 THEN 1 ELSE 0 END), 0) AS NothingSuggested
        FROM HelpContacts h
        WHERE h.TenantId = @TenantId
          AND h.CreatedAt >= @From
          AND h.CreatedAt < @To
          AND h.CreatedAt <= @Settled
        """);
}
