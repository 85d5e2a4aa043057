using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Facts;

/// <summary>Counts a ticket anew from what stands in it, and keeps what reports need. Doing it twice does no harm.</summary>
internal sealed class FactWriter(TenantDb db, ServiceHours hours, CurrentSettings settings)
{
    // A ticket with more answers than this is no ticket any more.
    private const int MostEntries = 5000;

    public async Task RefreshAsync(byte[] ticketId, CancellationToken ct)
    {
        await db.ExecuteAsync(DeleteReplies, new { TicketId = ticketId }, ct);
        await db.ExecuteAsync(DeleteTicket, new { TicketId = ticketId }, ct);
        // One that went into another is counted there, and one that is gone nowhere.
        if (await db.FindAsync<Row>(TicketById, new { TicketId = ticketId }, ct) is not { MergedIntoId: null } ticket) return;

        var entries = await EntriesAsync(ticket, ct);
        var isPreemptive = ticket.CustomerRepliedAt is null && ticket.SourceKind is not ("message" or "conversation" or "api") && entries.All(entry => entry.Author != SaidEntry.Customer);
        var replies = ReplyCycles.Of(ticket.CreatedAt, isAsked: !isPreemptive && (ticket.CustomerRepliedAt is not null || ticket.SourceKind == "api"), entries);
        if (replies.Count == 0 && ticket.FirstRepliedAt is { } first) replies = [new FoundReply(ticketId, isPreemptive ? null : 1, ticket.AssigneeId, isPreemptive ? null : ticket.CreatedAt, first)];
        var open = await hours.OfAsync(ticket.TeamId, ct);
        var handled = 0L;
        foreach (var reply in replies) handled += await AddReplyAsync(ticketId, reply, open, ct);
        await AddTicketAsync(ticketId, ticket, entries, replies, isPreemptive, handled, open, ct);
    }

    private async Task<IReadOnlyList<SaidEntry>> EntriesAsync(Row ticket, CancellationToken ct)
    {
        if (ticket.ConversationId is null) return [];
        // Of a conversation that has had several tickets, those from this one on up to the next one.
        var next = (await db.QueryTopAsync<DateTimeOffset>(NextTicket, 1, new { ticket.ConversationId, ticket.Number }, ct)) is [var at] ? at : DateTimeOffset.MaxValue;
        return [.. (await db.QueryTopAsync<SaidEntry>(Said, MostEntries, new { ticket.ConversationId }, ct)).Where(entry => entry.OccurredAt >= ticket.CreatedAt && entry.OccurredAt < next)];
    }

    private async Task<int> AddReplyAsync(byte[] ticketId, FoundReply reply, CustomerCrm.BusinessCalendars.Hours.BusinessHours? open, CancellationToken ct)
    {
        var before = reply.AgentId is null ? [] : await db.QueryTopAsync<DateTimeOffset>(LastOfAgent, 1, new { reply.AgentId, reply.RepliedAt, reply.Id }, ct);
        var (seconds, business) = reply.AskedAt is { } asked ? ((long?)Math.Max(0, (long)(reply.RepliedAt - asked).TotalSeconds), (long?)ServiceHours.Seconds(open, asked, reply.RepliedAt)) : (null, null);
        var handle = ReplyCycles.HandleSeconds(reply.RepliedAt, before is [var last] ? last : null);
        await db.ExecuteAsync(InsertReply, new
        {
            reply.Id, TicketId = ticketId, reply.Cycle, reply.AgentId, reply.AskedAt, reply.RepliedAt, Seconds = seconds, BusinessSeconds = business,
            Bucket = seconds is { } s ? DurationBucket.Of(s) : (int?)null, BusinessBucket = business is { } b ? DurationBucket.Of(b) : (int?)null, HandleSeconds = handle,
        }, ct);
        return handle;
    }

    private async Task AddTicketAsync(
        byte[] ticketId, Row ticket, IReadOnlyList<SaidEntry> entries, IReadOnlyList<FoundReply> replies, bool isPreemptive, long handled, CustomerCrm.BusinessCalendars.Hours.BusinessHours? open, CancellationToken ct)
    {
        var solved = ticket.Category >= 5 ? ticket.SolvedAt : null;
        var (seconds, business) = solved is { } at ? ((long?)Math.Max(0, (long)(at - ticket.CreatedAt).TotalSeconds), (long?)ServiceHours.Seconds(open, ticket.CreatedAt, at)) : (null, null);
        var zone = NodaTime.DateTimeZoneProviders.Tzdb[(await settings.GetAsync(ct)).TimeZone];
        await db.ExecuteAsync(InsertTicket, new
        {
            TicketId = ticketId, TicketRevision = ticket.Revision, ticket.Channel, ticket.TopicId, ticket.TeamId, AgentId = ticket.AssigneeId, OpenedAt = ticket.CreatedAt,
            OpenedHour = NodaTime.Instant.FromDateTimeOffset(ticket.CreatedAt).InZone(zone).Hour, SolvedAt = solved, Replies = replies.Count,
            BotReplies = entries.Count(entry => entry.Author == SaidEntry.Bot), Reopens = ticket.ReopenCount, IsPreemptive = isPreemptive, Seconds = seconds, BusinessSeconds = business,
            Bucket = seconds is { } s ? DurationBucket.Of(s) : (int?)null, BusinessBucket = business is { } b ? DurationBucket.Of(b) : (int?)null,
            HandleSeconds = handled, HandleBucket = DurationBucket.Of(handled),
        }, ct);
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

    private static readonly TenantSql DeleteReplies = TenantSql.Of("DELETE FROM ServiceReplies WHERE TenantId = @TenantId AND TicketId = @TicketId");

    private static readonly TenantSql DeleteTicket = TenantSql.Of("DELETE FROM ServiceTickets WHERE TenantId = @TenantId AND TicketId = @TicketId");

    private static readonly TenantSql InsertReply = TenantSql.Of("""
        INSERT INTO ServiceReplies (TenantId, Id, TicketId, Cycle, AgentId, AskedAt, RepliedAt, Seconds, BusinessSeconds, Bucket, BusinessBucket, HandleSeconds)
        VALUES (@TenantId, @Id, @TicketId, @Cycle, @AgentId, @AskedAt, @RepliedAt, @Seconds, @BusinessSeconds, @Bucket, @BusinessBucket, @HandleSeconds)
        """);

    private static readonly TenantSql InsertTicket = TenantSql.Of("""
        INSERT INTO ServiceTickets (TenantId, TicketId, TicketRevision, Channel, TopicId, TeamId, AgentId, OpenedAt, OpenedHour, SolvedAt, Replies, BotReplies, Reopens, IsPreemptive,
            Seconds, BusinessSeconds, Bucket, BusinessBucket, HandleSeconds, HandleBucket)
        VALUES (@TenantId, @TicketId, @TicketRevision, @Channel, @TopicId, @TeamId, @AgentId, @OpenedAt, @OpenedHour, @SolvedAt, @Replies, @BotReplies, @Reopens, @IsPreemptive,
            @Seconds, @BusinessSeconds, @Bucket, @BusinessBucket, @HandleSeconds, @HandleBucket)
        """);
}
