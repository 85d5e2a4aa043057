using CustomerCrm.Attachments;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Conversations;

/// <summary>A conversation turns out to be another customer's: what was said moves with it, into that one's timeline, and its tickets follow.</summary>
internal sealed class ConversationMover(TenantDb db, ConversationBook book, InteractionWriter interactions, AttachmentTies attachments, CustomerWriter customers, EventLog events, IServiceProvider services)
{
    /// <exception cref="ApiProblem">404: no such conversation. 422: no such customer.</exception>
    public async Task<Conversation> MoveAsync(Id<Conversation> id, Id<Customer> to, CancellationToken ct)
    {
        var before = await Conversation.FindAsync(id, db, ct);
        if (before.CustomerId == to) return before;
        if (await db.FindAsync<string>(CustomerName, new { CustomerId = to }, ct) is not { } name) throw ApiProblem.Invalid("/customer_id", "unknown_customer", "There is no such customer.");
        await db.ExecuteAsync(Move, new { Id = id, CustomerId = to }, ct);
        foreach (var interaction in await db.QueryAsync<Id<Interaction>>(Said, new { Id = id }, ct)) await interactions.MoveAsync(interaction, to, ct);
        await attachments.MoveAsync(id.ToBytes(), to, ct);
        await book.NoteAsync(id, "moved", name, ct);
        var following = await Conversation.FindAsync(id, db, ct);
        foreach (var watcher in services.GetServices<IConversationWatcher>()) await watcher.MovedAsync(following, before.CustomerId, ct);
        if (await db.FindAsync<Id<Customer>?>(MadeAndEmpty, new { Id = id, before.CustomerId }, ct) is { } empty) await customers.RemoveAsync(await ShowCustomer.FindAsync(empty, db, ct), ct);
        var moved = await Conversation.FindAsync(id, db, ct);
        events.Record("conversation.moved", new ConversationMoved { Conversation = moved.Told(), FromCustomerId = before.CustomerId, CustomerId = to }, to.Value);
        return moved;
    }

    private static readonly TenantSql CustomerName = TenantSql.Of("SELECT COALESCE(c.Name, c.Email, c.Phone, '') FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    // Who was made for a chat and has nothing more of their own goes into the bin.
    private static readonly TenantSql MadeAndEmpty = TenantSql.Of("""
        SELECT c.Id
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
          AND EXISTS (SELECT 1 FROM ChatVisitors v WHERE v.TenantId = @TenantId AND v.ConversationId = @Id AND v.MadeCustomer = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Identities n WHERE n.TenantId = @TenantId AND n.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Conversations o WHERE o.TenantId = @TenantId AND o.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Tickets q WHERE q.TenantId = @TenantId AND q.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM SurveyInvitations s WHERE s.TenantId = @TenantId AND s.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Interactions i WHERE i.TenantId = @TenantId AND i.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Orders r WHERE r.TenantId = @TenantId AND r.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Notes t WHERE t.TenantId = @TenantId AND t.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Tickets q WHERE q.TenantId = @TenantId AND q.CustomerId = c.Id)
          AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TenantId = @TenantId AND k.CustomerId = c.Id)
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE Conversations
        SET CustomerId = @CustomerId, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT e.InteractionId
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @Id
          AND e.InteractionId IS NOT NULL
        ORDER BY e.Number
        """);
}

/// <summary>The data of <c>conversation.moved</c>.</summary>
public sealed record ConversationMoved
{
    public required Conversation Conversation { get; init; }

    /// <summary>Whose it was.</summary>
    public required Id<Customer> FromCustomerId { get; init; }

    public required Id<Customer> CustomerId { get; init; }
}
