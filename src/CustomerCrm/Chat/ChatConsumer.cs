using System.Text;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Chat;

/// <summary>Hears who a visitor is: what they said in chats becomes that customer's.</summary>
internal sealed class ChatConsumer(TenantDb db, ConversationMover mover) : IEventConsumer
{
    public string Name => "chat";

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(SaysWho));

    private static bool SaysWho(EventRow e) => e.Type == "visitor.identified";

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var e in events.Where(SaysWho))
        {
            using var data = JsonDocument.Parse(e.Data);
            var anonymous = data.RootElement.GetProperty("anonymous_id").GetString()!;
            if (!Id<Customer>.TryRead(data.RootElement.GetProperty("customer_id").GetString(), out var customerId)) continue;
            foreach (var conversation in await db.QueryAsync<Id<Conversation>>(OfVisitor, new { AnonymousKey = Encoding.UTF8.GetBytes(anonymous), CustomerId = customerId }, ct)) await mover.MoveAsync(conversation, customerId, ct);
        }
    }

    // Only those of whom nobody had said it: what is a customer's stays theirs. Nobody may be there any more.
    private static readonly TenantSql OfVisitor = TenantSql.Of("""
        SELECT c.Id
        FROM ChatVisitors v
        JOIN Conversations c ON c.TenantId = v.TenantId AND c.Id = v.ConversationId AND c.CustomerId = v.MadeCustomer
        WHERE v.TenantId = @TenantId
          AND v.AnonymousKey = @AnonymousKey
          AND EXISTS (SELECT 1 FROM Customers k WHERE k.TenantId = @TenantId AND k.Id = @CustomerId)
        ORDER BY c.Id
        """);
}
