namespace CustomerCrm.Reports.Facts;

/// <summary>
/// Pure: which answer answered what. A customer waits from their first message that nobody has answered until the next public answer of a person; what bots and the
/// program itself say does not end it. The first such answer is the first response, the others are next responses.
/// </summary>
internal static class ReplyCycles
{
    /// <summary>An agent's answers less than this apart are one sitting.</summary>
    public static readonly TimeSpan Sitting = TimeSpan.FromMinutes(30);

    /// <summary>What the first answer of a sitting is taken to have cost.</summary>
    public static readonly TimeSpan FirstOfSitting = TimeSpan.FromMinutes(5);

    /// <param name="openedAt">Of the ticket.</param>
    /// <param name="isAsked">The customer waits from then on; else from their first message.</param>
    /// <param name="entries">Public messages since, in their order.</param>
    public static IReadOnlyList<FoundReply> Of(DateTimeOffset openedAt, bool isAsked, IEnumerable<SaidEntry> entries)
    {
        var (replies, asked, cycle) = (new List<FoundReply>(), isAsked ? openedAt : (DateTimeOffset?)null, 0);
        foreach (var entry in entries)
        {
            if (entry.Author == SaidEntry.Customer) asked ??= entry.OccurredAt;
            if (entry.Author != SaidEntry.Agent || entry.IsAutomatic) continue;
            replies.Add(new FoundReply(entry.Id, asked is null ? null : ++cycle, entry.AuthorId, asked, entry.OccurredAt));
            asked = null;
        }
        return replies;
    }

    /// <summary>What an answer cost: the time since the agent's answer before it, within a sitting.</summary>
    public static int HandleSeconds(DateTimeOffset repliedAt, DateTimeOffset? before) =>
        before is { } last && repliedAt - last <= Sitting && repliedAt >= last ? (int)(repliedAt - last).TotalSeconds : (int)FirstOfSitting.TotalSeconds;
}

/// <summary>A message of a conversation.</summary>
internal sealed record SaidEntry
{
    public const int Customer = 1, Agent = 2, Bot = 3;

    public required byte[] Id { get; init; }
    public required int Author { get; init; }
    public byte[]? AuthorId { get; init; }
    public required bool IsAutomatic { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>An answer of a person.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Cycle">1 the first response, 2 and on the next ones; null where nobody was waiting.</param>
/// <param name="AgentId">Who answered.</param>
/// <param name="AskedAt">Since when somebody waited.</param>
/// <param name="RepliedAt">When they were answered.</param>
internal sealed record FoundReply(byte[] Id, int? Cycle, byte[]? AgentId, DateTimeOffset? AskedAt, DateTimeOffset RepliedAt);
