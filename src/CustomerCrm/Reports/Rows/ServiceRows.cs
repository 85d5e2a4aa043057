using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Reports.Rows;

/// <summary>What metrics are made of, row by row: the same stretch of the same index as the figures, paged by its key.</summary>
internal static class ServiceRows
{
    private static readonly TenantSql answers = TenantSql.Of("""
        SELECT r.Id AS RowKey, r.TicketId, t.Number, t.Subject, r.AgentId, r.RepliedAt AS At, CAST(r.Seconds AS FLOAT) AS Seconds, CAST(r.BusinessSeconds AS FLOAT) AS BusinessSeconds
        FROM ServiceReplies r
        JOIN Tickets t ON t.TenantId = r.TenantId AND t.Id = r.TicketId
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
        """);

    // Which share is asked for: 1 one touch, 2 reopened, 3 automatic, 4 pre-emptive; 5 the estimated time spent; else resolutions.
    private static readonly TenantSql solved = TenantSql.Of("""
        SELECT f.TicketId AS RowKey, f.TicketId, t.Number, t.Subject, f.AgentId, f.SolvedAt AS At,
            CASE @Which WHEN 5 THEN CAST(f.HandleSeconds AS FLOAT) ELSE CAST(f.Seconds AS FLOAT) END AS Seconds,
            CASE @Which WHEN 5 THEN NULL ELSE CAST(f.BusinessSeconds AS FLOAT) END AS BusinessSeconds,
            CAST(CASE WHEN @Which = 1 AND f.Replies = 1 AND f.Reopens = 0 THEN 1 WHEN @Which = 2 AND f.Reopens > 0 THEN 1 WHEN @Which = 3 AND f.Replies = 0 THEN 1
                WHEN @Which = 4 AND f.IsPreemptive = 1 THEN 1 WHEN @Which < 5 THEN 0 END AS BIT) AS IsCounted
        FROM ServiceTickets f
        JOIN Tickets t ON t.TenantId = f.TenantId AND t.Id = f.TicketId
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
        """);

    private static readonly TenantSql opened = TenantSql.Of("""
        SELECT f.TicketId AS RowKey, f.TicketId, t.Number, t.Subject, f.AgentId, f.OpenedAt AS At, CAST(CASE WHEN f.SolvedAt IS NULL THEN 0 ELSE 1 END AS BIT) AS IsCounted
        FROM ServiceTickets f
        JOIN Tickets t ON t.TenantId = f.TenantId AND t.Id = f.TicketId
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql waiting = TenantSql.Of("""
        SELECT f.TicketId AS RowKey, f.TicketId, t.Number, t.Subject, f.AgentId, f.OpenedAt AS At
        FROM ServiceTickets f
        JOIN Tickets t ON t.TenantId = f.TenantId AND t.Id = f.TicketId
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt < @Ends
          AND (f.SolvedAt IS NULL OR f.SolvedAt >= @Ends)
        """);

    private static readonly TenantSql clocks = TenantSql.Of("""
        SELECT k.Id AS RowKey, k.TicketId, t.Number, t.Subject, t.AssigneeId AS AgentId, k.DueAt AS At, CAST(CASE WHEN k.StoppedAt <= k.DueAt THEN 1 ELSE 0 END AS BIT) AS IsCounted
        FROM SlaClocks k
        JOIN Tickets t ON t.TenantId = k.TenantId AND t.Id = k.TicketId
        WHERE k.TenantId = @TenantId
          AND k.DueAt >= @Starts
          AND k.DueAt < @Ends
          AND k.Promise = @Which
          AND (k.StoppedAt IS NOT NULL OR k.DueAt <= @Now)
        """);

    private static readonly TenantSql talks = TenantSql.Of("""
        SELECT s.Id AS RowKey, s.StartedAt AS At, CAST(CASE WHEN s.Outcome = 2 THEN 1 ELSE 0 END AS BIT) AS IsCounted
        FROM BotSessions s
        JOIN Bots b ON b.TenantId = s.TenantId AND b.Id = s.BotId
        WHERE s.TenantId = @TenantId
          AND s.StartedAt >= @Starts
          AND s.StartedAt < @Ends
          AND s.Outcome <> 1
        """);

    private static readonly TenantSql contacts = TenantSql.Of("""
        SELECT h.Id AS RowKey, h.CreatedAt AS At, CAST(CASE WHEN h.State = 2 THEN 1 ELSE 0 END AS BIT) AS IsCounted
        FROM HelpContacts h
        WHERE h.TenantId = @TenantId
          AND h.CreatedAt >= @Starts
          AND h.CreatedAt < @Ends
          AND h.SuggestedCount > 0
        """);

    public static readonly ListOf<ServiceRow> Answers = ListOf<ServiceRow>.From(answers, "r.Id", row => row.RowKey).SortedBy("at", "r.RepliedAt", row => row.At, isDescending: true);

    public static readonly ListOf<ServiceRow> Solved = ListOf<ServiceRow>.From(solved, "f.TicketId", row => row.RowKey).SortedBy("at", "f.SolvedAt", row => row.At, isDescending: true);

    public static readonly ListOf<ServiceRow> Opened = ListOf<ServiceRow>.From(opened, "f.TicketId", row => row.RowKey).SortedBy("at", "f.OpenedAt", row => row.At, isDescending: true);

    public static readonly ListOf<ServiceRow> Waiting = ListOf<ServiceRow>.From(waiting, "f.TicketId", row => row.RowKey).SortedBy("at", "f.OpenedAt", row => row.At, isDescending: true);

    public static readonly ListOf<ServiceRow> Clocks = ListOf<ServiceRow>.From(clocks, "k.Id", row => row.RowKey).SortedBy("at", "k.DueAt", row => row.At, isDescending: true);

    public static readonly ListOf<ServiceRow> Talks = ListOf<ServiceRow>.From(talks, "s.Id", row => row.RowKey).SortedBy("at", "s.StartedAt", row => row.At, isDescending: true);

    public static readonly ListOf<ServiceRow> Contacts = ListOf<ServiceRow>.From(contacts, "h.Id", row => row.RowKey).SortedBy("at", "h.CreatedAt", row => row.At, isDescending: true);
}
