using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>
/// Which of our messages somebody answers: an e-mail names it (our Message-IDs begin with the message's id); of text messages it is the last one that
/// went to the number within a week.
/// </summary>
internal sealed class AnsweredMessages(TenantDb db)
{
    private static readonly TimeSpan remembered = TimeSpan.FromDays(7);

    public async Task<Id<Message>?> FindAsync(InboundMessage message, CancellationToken ct)
    {
        if (message.Channel == MessageChannel.Sms)
            return await db.QueryTopAsync<Id<Message>>(LastTo, 1, new { To = message.From, Since = message.OccurredAt - remembered }, ct) is [var last] ? last : null;
        foreach (var answered in message.Answers)
            if (Id<Message>.TryRead(answered.Split('@')[0], out var id) && await db.FindAsync<Id<Message>?>(ById, new { MessageId = id }, ct) is { } found) return found;
        return null;
    }

    private static readonly TenantSql ById = TenantSql.Of("SELECT m.Id FROM Messages m WHERE m.TenantId = @TenantId AND m.Id = @MessageId");

    // By the customers who have the number, because that is what the table can find.
    private static readonly TenantSql LastTo = TenantSql.Of("""
        SELECT m.Id
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.Channel = 2
          AND m.Recipient = @To
          AND m.SentAt > @Since
          AND m.CustomerId IN (SELECT c.Id FROM Customers c WHERE c.TenantId = @TenantId AND c.Phone = @To)
        ORDER BY m.SentAt DESC, m.Id DESC
        """);
}
