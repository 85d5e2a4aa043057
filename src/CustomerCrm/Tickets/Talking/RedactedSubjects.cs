using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Tickets.Talking;

/// <summary>A ticket that a message opened may be called by it: what it said is not said by the ticket either. It is in no history, for that would keep the words.</summary>
internal sealed class RedactedSubjects(TenantDb db, EventLog events, TimeProvider clock) : IRedactionWatcher
{
    private const string Redacted = "[redacted]";

    public async Task<IReadOnlyList<string>> RedactedAsync(ConversationEntry entry, CancellationToken ct)
    {
        if (entry.Kind != EntryKind.Message) return [];
        var subjects = new { entry.ConversationId, ByText = TicketListener.SubjectOf(entry.Shown), BySubject = TicketListener.SubjectOf(entry.Subject ?? entry.Shown) };
        var called = new List<string>();
        foreach (var ticket in await db.QueryAsync<Ticket>(CalledSo, subjects, ct))
        {
            var after = ticket with { Subject = Redacted, Revision = ticket.Revision + 1, UpdatedAt = clock.GetUtcNow() };
            await db.ExecuteAsync(Rename, new { after.Id, after.Subject, after.Revision, after.UpdatedAt }, ct);
            events.Record("ticket.updated", new ChangedTicket(after, []), after.CustomerId.Value);
            called.Add($"\"id\":\"{ticket.Id}\"");
        }
        return called;
    }

    private static readonly TenantSql CalledSo = Ticket.Matching.Then("AND t.ConversationId = @ConversationId AND t.Subject IN (@ByText, @BySubject)");

    private static readonly TenantSql Rename = TenantSql.Of("""
        UPDATE Tickets
        SET Subject = @Subject, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
