using CustomerCrm.Platform.Data;
using CustomerCrm.Reports.Days;

namespace CustomerCrm.Reports.Facts;

/// <summary>Keeps the facts of tickets, and marks the days of what is other than before, in one transaction.</summary>
internal sealed class FactBook(TenantDb db, DayBook days)
{
    /// <param name="ticketId">Whose.</param>
    /// <param name="now">As they are; null: none.</param>
    /// <param name="ct">Cancels.</param>
    public Task PutAsync(byte[] ticketId, TicketFacts? now, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var before = await ReadAsync(ticketId, ct);
        if (before is not null && now is not null && FactChanges.AreSame(before, now)) return;
        foreach (var (part, at) in FactChanges.Between(before, now)) await days.MarkAsync(part, at, ct);
        await db.ExecuteAsync(DeleteReplies, new { TicketId = ticketId }, ct);
        await db.ExecuteAsync(DeleteTicket, new { TicketId = ticketId }, ct);
        if (now is null) return;
        foreach (var reply in now.Replies)
            await db.ExecuteAsync(InsertReply, new
            {
                reply.Id, TicketId = ticketId, reply.Cycle, reply.AgentId, reply.AskedAt, reply.RepliedAt, reply.Seconds, reply.BusinessSeconds, Bucket = BucketOf(reply.Seconds), BusinessBucket = BucketOf(reply.BusinessSeconds), reply.HandleSeconds,
            }, ct);
        var ticket = now.Ticket;
        await db.ExecuteAsync(InsertTicket, new
        {
            TicketId = ticketId, ticket.TicketRevision, ticket.Channel, ticket.TopicId, ticket.TeamId, ticket.AgentId, ticket.OpenedAt, ticket.OpenedHour, ticket.OpenedWeekHour, ticket.SolvedAt, ticket.Replies, ticket.BotReplies,
            ticket.Reopens, ticket.IsPreemptive, ticket.Seconds, ticket.BusinessSeconds, Bucket = BucketOf(ticket.Seconds), BusinessBucket = BucketOf(ticket.BusinessSeconds), ticket.HandleSeconds, HandleBucket = BucketOf(ticket.HandleSeconds),
        }, ct);
    }, ct);

    private async Task<TicketFacts?> ReadAsync(byte[] ticketId, CancellationToken ct) => await db.FindAsync<TicketFact>(Ticket, new { TicketId = ticketId }, ct) is { } ticket
        ? new TicketFacts(ticket, await db.QueryAsync<ReplyFact>(Replies, new { TicketId = ticketId }, ct)) : null;

    private static int? BucketOf(long? seconds) => seconds is { } s ? DurationBucket.Of(s) : null;

    private static readonly TenantSql Ticket = TenantSql.Of("""
        SELECT f.TicketRevision, f.Channel, f.TopicId, f.TeamId, f.AgentId, f.OpenedAt, f.OpenedHour, f.OpenedWeekHour, f.SolvedAt, f.Replies, f.BotReplies, f.Reopens, f.IsPreemptive, f.Seconds, f.BusinessSeconds, f.HandleSeconds
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.TicketId = @TicketId
        """);

    private static readonly TenantSql Replies = TenantSql.Of("""
        SELECT r.Id, r.Cycle, r.AgentId, r.AskedAt, r.RepliedAt, r.Seconds, r.BusinessSeconds, r.HandleSeconds
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.TicketId = @TicketId
        ORDER BY r.RepliedAt, r.Id
        """);

    private static readonly TenantSql DeleteReplies = TenantSql.Of("DELETE FROM ServiceReplies WHERE TenantId = @TenantId AND TicketId = @TicketId");

    private static readonly TenantSql DeleteTicket = TenantSql.Of("DELETE FROM ServiceTickets WHERE TenantId = @TenantId AND TicketId = @TicketId");

    private static readonly TenantSql InsertReply = TenantSql.Of("""
        INSERT INTO ServiceReplies (TenantId, Id, TicketId, Cycle, AgentId, AskedAt, RepliedAt, Seconds, BusinessSeconds, Bucket, BusinessBucket, HandleSeconds)
        VALUES (@TenantId, @Id, @TicketId, @Cycle, @AgentId, @AskedAt, @RepliedAt, @Seconds, @BusinessSeconds, @Bucket, @BusinessBucket, @HandleSeconds)
        """);

    private static readonly TenantSql InsertTicket = TenantSql.Of("""
        INSERT INTO ServiceTickets (TenantId, TicketId, TicketRevision, Channel, TopicId, TeamId, AgentId, OpenedAt, OpenedHour, OpenedWeekHour, SolvedAt, Replies, BotReplies, Reopens, IsPreemptive,
            Seconds, BusinessSeconds, Bucket, BusinessBucket, HandleSeconds, HandleBucket)
        VALUES (@TenantId, @TicketId, @TicketRevision, @Channel, @TopicId, @TeamId, @AgentId, @OpenedAt, @OpenedHour, @OpenedWeekHour, @SolvedAt, @Replies, @BotReplies, @Reopens, @IsPreemptive,
            @Seconds, @BusinessSeconds, @Bucket, @BusinessBucket, @HandleSeconds, @HandleBucket)
        """);
}
