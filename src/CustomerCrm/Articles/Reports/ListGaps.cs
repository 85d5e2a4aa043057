using System.ComponentModel.DataAnnotations;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;

namespace CustomerCrm.Articles.Reports;

/// <summary>GET /articles/gaps: what is asked for and not answered.</summary>
public static class ListGaps
{
    private const int MostDays = 400, DefaultDays = 30, DefaultLimit = 50, MaxLimit = 200, MostTickets = 100;

    public sealed record Response
    {
        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }

        /// <summary>All searches of these days.</summary>
        public required int Searches { get; init; }

        /// <summary>Those of them that found nothing.</summary>
        public required int EmptySearches { get; init; }

        /// <summary>What was searched for and not found, the most frequent first.</summary>
        public required IReadOnlyList<SearchGap> Data { get; init; }

        /// <summary>How many tickets of these days were looked at: the latest, at most 100.</summary>
        public required int TicketsLookedAt { get; init; }

        /// <summary>Those of them whose subject finds no published article, the latest first.</summary>
        public required IReadOnlyList<TicketGap> Tickets { get; init; }
    }

    /// <param name="from">The first day, in the tenant's time zone; 30 days ago if nothing is said.</param>
    /// <param name="to">The last day; today if nothing is said.</param>
    /// <param name="limit">How many, 1 to 200; 50 if nothing is said.</param>
    internal static async Task<Response> Handle(DateOnly? from, DateOnly? to, [Range(1, MaxLimit)] int? limit, TenantDb db, ArticleFinder finder, CurrentSettings settings, TimeProvider clock, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var today = calendar.DayOf(clock.GetUtcNow());
        var last = to ?? today;
        var first = from ?? (last.DayNumber < DefaultDays ? last : last.AddDays(-DefaultDays));
        if (first > last || last.DayNumber - first.DayNumber > MostDays) throw ApiProblem.BadQuery("from", "out_of_range", $"Not after to, and at most {MostDays} days before it.");
        var range = new { From = first, To = last };
        var all = await db.FindAsync<Totals>(Total, range, ct) ?? new Totals();
        var tickets = await db.QueryTopAsync<TicketGap>(Opened, MostTickets, new { From = calendar.StartOf(first), To = last == DateOnly.MaxValue ? DateTimeOffset.MaxValue : calendar.StartOf(last.AddDays(1)) }, ct);
        var unanswered = new List<TicketGap>();
        foreach (var ticket in tickets)
            if ((await finder.FindAsync(ticket.Subject, new Readership(Readership.Staff, null), ct)).Texts.Count == 0) unanswered.Add(ticket);
        return new Response
        {
            From = first, To = last, Searches = all.Searches, EmptySearches = all.EmptySearches, Data = await db.QueryTopAsync<SearchGap>(Unanswered, limit ?? DefaultLimit, range, ct),
            TicketsLookedAt = tickets.Count, Tickets = unanswered,
        };
    }

    private sealed record Totals
    {
        public int Searches { get; init; }
        public int EmptySearches { get; init; }
    }

    private static readonly TenantSql Opened = TenantSql.Of("""
        SELECT t.Id AS TicketId, t.Number, t.Subject, t.CreatedAt
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.CreatedAt >= @From
          AND t.CreatedAt < @To
          AND t.MergedIntoId IS NULL
        ORDER BY t.CreatedAt DESC, t.Id DESC
        """);

    private static readonly TenantSql Total = TenantSql.Of("""
        SELECT COALESCE(SUM(s.Searches), 0) AS Searches, COALESCE(SUM(s.Empty), 0) AS EmptySearches
        FROM ArticleSearches s
        WHERE s.TenantId = @TenantId
          AND s.Day >= @From
          AND s.Day <= @To
        """);

    private static readonly TenantSql Unanswered = TenantSql.Of("""
        SELECT s.Text, s.Locale, SUM(s.Searches) AS Searches, SUM(s.Empty) AS EmptySearches, MAX(s.LastAt) AS LastAt
        FROM ArticleSearches s
        WHERE s.TenantId = @TenantId
          AND s.Day >= @From
          AND s.Day <= @To
        GROUP BY s.Text, s.Locale
        HAVING SUM(s.Empty) > 0
        ORDER BY SUM(s.Empty) DESC, s.Text, s.Locale
        """);
}

/// <summary>Something that was searched for and not found.</summary>
public sealed record SearchGap
{
    /// <summary>In lower case, without words that look like an address or a number.</summary>
    /// <example>gift wrapping</example>
    public required string Text { get; init; }

    /// <summary>The language of the page; empty: any.</summary>
    /// <example>en</example>
    public required string Locale { get; init; }

    public required int Searches { get; init; }
    public required int EmptySearches { get; init; }
    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>A ticket that no article answers.</summary>
public sealed record TicketGap
{
    public required Id<Ticket> TicketId { get; init; }

    /// <example>1042</example>
    public required int Number { get; init; }

    /// <example>Can you wrap it as a gift?</example>
    public required string Subject { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
