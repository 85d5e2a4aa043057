namespace CustomerCrm.Tickets.Moves;

/// <summary>Which tickets t something that stands in a conversation may have told of themselves: those that are talked about there, and those that these were split from, since it stood in theirs before.</summary>
internal static class TicketsTold
{
    public const string InConversation = """
        (t.ConversationId = @ConversationId OR t.Id IN (
            SELECT m.TicketId
            FROM Tickets s
            JOIN TicketMoves m ON m.TenantId = s.TenantId AND m.OtherId = s.Id
            WHERE s.TenantId = @TenantId
              AND s.ConversationId = @ConversationId
              AND m.Kind = 2))
        """;
}
