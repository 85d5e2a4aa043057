using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Facts;

/// <summary>
/// Counts a ticket anew from what stands in it, and keeps what reports need; where that is other than before, the days that it is of are marked. Doing it twice does no harm.
/// </summary>
internal sealed class FactWriter(TenantDb db, ServiceHours hours, FactBook facts, CurrentSettings settings)
{
    // A ticket with more answers than this is no ticket any more.
    private const int MostEntries = 5000;

    public async Task RefreshAsync(byte[] ticketId, CancellationToken ct) => await facts.PutAsync(ticketId, await CountAsync(ticketId, ct), ct);

    /// <returns>Null: one that went into another is counted there, and one that is gone nowhere.</returns>
    private async Task<TicketFacts?> CountAsync(byte[] ticketId, CancellationToken ct)
    {
        if (await db.FindAsync<Row>(TicketById, new { TicketId = ticketId }, ct) is not { MergedIntoId: null } ticket) return null;
        var entries = await EntriesAsync(ticket, ct);
        var isPreemptive = ticket.CustomerRepliedAt is null && ticket.SourceKind is not ("message" or "conversation" or "api") && entries.All(entry => entry.Author != SaidEntry.Customer);
        var replies = ReplyCycles.Of(ticket.CreatedAt, isAsked: !isPreemptive && (ticket.CustomerRepliedAt is not null || ticket.SourceKind == "api"), entries);
        if (replies.Count == 0 && ticket.FirstRepliedAt is { } first) replies = [new FoundReply(ticketId, isPreemptive ? null : 1, ticket.AssigneeId, isPreemptive ? null : ticket.CreatedAt, first)];
        var open = await hours.OfAsync(ticket.TeamId, ct);
        var found = new List<ReplyFact>();
        foreach (var reply in replies) found.Add(await FactOfAsync(reply, open, ct));
        return new TicketFacts(await FactOfAsync(ticket, entries, found, isPreemptive, open, ct), found);
    }

    private async Task<IReadOnlyList<SaidEntry>> EntriesAsync(Row ticket, CancellationToken ct)
    {
        if (ticket.ConversationId is null) return [];
        // Of a conversation that has had several tickets, those from this one on up to the next one.
        var next = (await db.QueryTopAsync<DateTimeOffset>(NextTicket, 1, new { ticket.ConversationId, ticket.Number }, ct)) is [var at] ? at : DateTimeOffset.MaxValue;
        return [.. (await db.QueryTopAsync<SaidEntry>(Said, MostEntries, new { ticket.ConversationId }, ct)).Where(entry => entry.OccurredAt >= ticket.CreatedAt && entry.OccurredAt < next)];
    }

    private async Task<ReplyFact> FactOfAsync(FoundReply reply, BusinessHours? open, CancellationToken ct)
    {
        var before = reply.AgentId is null ? [] : await db.QueryTopAsync<DateTimeOffset>(LastOfAgent, 1, new { reply.AgentId, reply.RepliedAt, reply.Id }, ct);
        return new ReplyFact
        {
            Id = reply.Id,
            Cycle = reply.Cycle,
            AgentId = reply.AgentId,
            AskedAt = reply.AskedAt,
            RepliedAt = reply.RepliedAt,
            Seconds = reply.AskedAt is { } asked ? Math.Max(0, (long)(reply.RepliedAt - asked).TotalSeconds) : null,
            BusinessSeconds = reply.AskedAt is { } since ? ServiceHours.Seconds(open, since, reply.RepliedAt) : null,
            HandleSeconds = ReplyCycles.HandleSeconds(reply.RepliedAt, before is [var last] ? last : null),
        };
    }

    private async Task<TicketFact> FactOfAsync(Row ticket, IReadOnlyList<SaidEntry> entries, List<ReplyFact> replies, bool isPreemptive, BusinessHours? open, CancellationToken ct)
    {
        var solved = ticket.Category >= 5 ? ticket.SolvedAt : null;
        var local = NodaTime.Instant.FromDateTimeOffset(ticket.CreatedAt).InZone(NodaTime.DateTimeZoneProviders.Tzdb[(await settings.GetAsync(ct)).TimeZone]);
        return new TicketFact
        {
            TicketRevision = ticket.Revision,
            Channel = ticket.Channel,
            TopicId = ticket.TopicId,
            TeamId = ticket.TeamId,
            AgentId = ticket.AssigneeId,
            OpenedAt = ticket.CreatedAt,
            OpenedHour = local.Hour,
            OpenedWeekHour = ((int)local.DayOfWeek - 1) * 24 + local.Hour,
            SolvedAt = solved,
            Replies = replies.Count,
            BotReplies = entries.Count(entry => entry.Author == SaidEntry.Bot),
            Reopens = ticket.ReopenCount,
            IsPreemptive = isPreemptive,
            Seconds = solved is { } at ? Math.Max(0, (long)(at - ticket.CreatedAt).TotalSeconds) : null,
            BusinessSeconds = solved is { } end ? ServiceHours.Seconds(open, ticket.CreatedAt, end) : null,
            HandleSeconds = replies.Sum(reply => (long)reply.HandleSeconds),
        };
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public byte[]? ConversationId { get; init; }
        public required int Category { get; init; }
        public required int Channel { get; init; }
        public byte[]? TopicId { get; init; }
        public byte[]? TeamId { get; init; }
        public byte[]? AssigneeId { get; init; }
        public required int ReopenCount { get; init; }
        public DateTimeOffset? FirstRepliedAt { get; init; }
        public DateTimeOffset? CustomerRepliedAt { get; init; }
        public DateTimeOffset? SolvedAt { get; init; }
        public byte[]? MergedIntoId { get; init; }
        public required string SourceKind { get; init; }
        public required int Revision { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    private static readonly TenantSql TicketById = TenantSql.Of("""
        SELECT t.Number, t.ConversationId, t.Category, t.Channel, t.TopicId, t.TeamId, t.AssigneeId, t.ReopenCount, t.FirstRepliedAt, t.CustomerRepliedAt, t.SolvedAt, t.MergedIntoId, t.SourceKind,
            t.Revision, t.CreatedAt
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
        """);

    private static readonly TenantSql NextTicket = TenantSql.Of("""
        SELECT t.CreatedAt
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.ConversationId = @ConversationId
          AND t.Number > @Number
          AND t.MergedIntoId IS NULL
        ORDER BY t.Number
        """);

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT e.Id, e.Author, e.AuthorId, e.IsAutomatic, e.OccurredAt
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind = 1
        ORDER BY e.Number
        """);

    private static readonly TenantSql LastOfAgent = TenantSql.Of("""
        SELECT r.RepliedAt
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.AgentId = @AgentId
          AND r.RepliedAt <= @RepliedAt
          AND r.Id <> @Id
        ORDER BY r.RepliedAt DESC
        """);
}
