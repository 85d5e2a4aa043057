using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;
using CustomerCrm.Users;

namespace CustomerCrm.Reports.Metrics;

/// <summary>GET /reports/service/agents: who has how much to do, and did.</summary>
public static class ShowAgentLoad
{
    public sealed record Report
    {
        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }

        /// <summary>Users who have tickets or answered in these days, those with the most unsolved first.</summary>
        public required IReadOnlyList<Agent> Data { get; init; }
    }

    public sealed record Agent
    {
        public required Id<User> UserId { get; init; }

        /// <summary>Null where the user is gone.</summary>
        public required string? Name { get; init; }

        /// <summary>Tickets that are theirs and not solved, now.</summary>
        public required int Unsolved { get; init; }

        /// <summary>How many open tickets they may have, as routing knows it; null where it knows nothing of them.</summary>
        public required int? Capacity { get; init; }

        /// <summary>Their tickets that were solved in these days.</summary>
        public required int Solved { get; init; }

        /// <summary>As many days just before.</summary>
        public required int SolvedBefore { get; init; }

        /// <summary>Their public answers in these days.</summary>
        public required int Replies { get; init; }

        public required int RepliesBefore { get; init; }

        /// <summary>What these answers cost, in hours; an estimate, as of the metric <c>handle</c>.</summary>
        public required double HandleHours { get; init; }
    }

    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    internal static async Task<Report> Handle(DateOnly? from, DateOnly? to, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var filter = await ReportFilter.OfAsync(from, to, null, null, null, null, settings, clock, ct);
        var (now, past) = (new { filter.Starts, filter.Ends }, new { Starts = filter.BeforeStarts, Ends = filter.Starts });
        var unsolved = await ByAgentAsync(Unsolved, now);
        var (solved, solvedBefore) = (await ByAgentAsync(Solved, now), await ByAgentAsync(Solved, past));
        var (replies, repliesBefore) = (await ByAgentAsync(Replies, now), await ByAgentAsync(Replies, past));
        var users = (await db.QueryAsync<Known>(Users, null, ct)).ToDictionary(user => Convert.ToHexString(user.Id));
        return new Report
        {
            From = filter.Range.From,
            To = filter.Range.To,
            Data =
            [
                .. unsolved.Keys.Union(solved.Keys).Union(replies.Keys).Select(key => new Agent
                {
                    UserId = Id<User>.FromBytes(Convert.FromHexString(key)),
                    Name = users.GetValueOrDefault(key)?.Name,
                    Capacity = users.GetValueOrDefault(key)?.Capacity,
                    Unsolved = unsolved.GetValueOrDefault(key)?.Count ?? 0,
                    Solved = solved.GetValueOrDefault(key)?.Count ?? 0,
                    SolvedBefore = solvedBefore.GetValueOrDefault(key)?.Count ?? 0,
                    Replies = replies.GetValueOrDefault(key)?.Count ?? 0,
                    RepliesBefore = repliesBefore.GetValueOrDefault(key)?.Count ?? 0,
                    HandleHours = Math.Round((replies.GetValueOrDefault(key)?.Seconds ?? 0) / 3600, 2),
                }).OrderByDescending(agent => agent.Unsolved).ThenByDescending(agent => agent.Replies).ThenBy(agent => agent.UserId.ToString(), StringComparer.Ordinal),
            ],
        };

        async Task<Dictionary<string, Row>> ByAgentAsync(TenantSql sql, object args) => (await db.QueryAsync<Row>(sql, args, ct)).ToDictionary(row => Convert.ToHexString(row.AgentId));
    }

    private sealed record Row
    {
        public required byte[] AgentId { get; init; }
        public required int Count { get; init; }
        public double? Seconds { get; init; }
    }

    private sealed record Known
    {
        public required byte[] Id { get; init; }
        public required string Name { get; init; }
        public int? Capacity { get; init; }
    }

    private static readonly TenantSql Unsolved = TenantSql.Of("""
        SELECT f.AgentId, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt IS NULL
          AND f.AgentId IS NOT NULL
        GROUP BY f.AgentId
        """);

    private static readonly TenantSql Solved = TenantSql.Of("""
        SELECT f.AgentId, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
          AND f.AgentId IS NOT NULL
        GROUP BY f.AgentId
        """);

    private static readonly TenantSql Replies = TenantSql.Of("""
        SELECT r.AgentId, COUNT(*) AS Count, SUM(CAST(r.HandleSeconds AS FLOAT)) AS Seconds
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.AgentId IS NOT NULL
        GROUP BY r.AgentId
        """);

    private static readonly TenantSql Users = TenantSql.Of("""
        SELECT u.Id, u.Name, a.Capacity
        FROM Users u
        LEFT JOIN Agents a ON a.TenantId = u.TenantId AND a.UserId = u.Id
        WHERE u.TenantId = @TenantId
        """);
}
