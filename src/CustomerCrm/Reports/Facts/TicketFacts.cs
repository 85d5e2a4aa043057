namespace CustomerCrm.Reports.Facts;

/// <summary>All that reports keep of one ticket.</summary>
internal sealed record TicketFacts(TicketFact Ticket, IReadOnlyList<ReplyFact> Replies);

internal sealed record TicketFact
{
    public required int TicketRevision { get; init; }
    public required int Channel { get; init; }
    public byte[]? TopicId { get; init; }
    public byte[]? TeamId { get; init; }
    public byte[]? AgentId { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required int OpenedHour { get; init; }

    /// <summary>0 is Monday from midnight to one, 167 the last hour of Sunday.</summary>
    public required int OpenedWeekHour { get; init; }

    public DateTimeOffset? SolvedAt { get; init; }
    public required int Replies { get; init; }
    public required int BotReplies { get; init; }
    public required int Reopens { get; init; }
    public required bool IsPreemptive { get; init; }
    public long? Seconds { get; init; }
    public long? BusinessSeconds { get; init; }
    public required long HandleSeconds { get; init; }
}

internal sealed record ReplyFact
{
    public required byte[] Id { get; init; }
    public int? Cycle { get; init; }
    public byte[]? AgentId { get; init; }
    public DateTimeOffset? AskedAt { get; init; }
    public required DateTimeOffset RepliedAt { get; init; }
    public long? Seconds { get; init; }
    public long? BusinessSeconds { get; init; }
    public required int HandleSeconds { get; init; }
}
