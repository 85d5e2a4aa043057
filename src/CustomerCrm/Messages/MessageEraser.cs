using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Messages;

/// <summary>Takes away for good what was written in a message, and its title. The message stays, with all that became of it.</summary>
internal sealed class MessageEraser(TenantDb db, MessageBook book, TimeProvider clock)
{
    /// <summary>One that has not left would leave without words: it is cancelled.</summary>
    /// <exception cref="ApiProblem">404: there is none. 409: it is just leaving.</exception>
    public async Task EraseAsync(Id<Message> messageId, CancellationToken ct)
    {
        var current = await Message.FindAsync(messageId, db, ct);
        if (current.ContentErasedAt is not null) return;
        var erased = current with { Title = null, ContentErasedAt = clock.GetUtcNow(), State = current.IsOpen ? MessageState.Cancelled : current.State };
        if (await book.MoveAsync(current, erased, ct) is null) throw ApiProblem.Conflict("message_not_open", "The message is just leaving. Try again.");
        await book.EraseContentAsync(current, ct);
    }

    /// <summary>The same of its subject alone: it goes on with what else was written in it.</summary>
    /// <exception cref="ApiProblem">409: it is just leaving.</exception>
    public async Task EraseSubjectAsync(Id<Message> messageId, CancellationToken ct)
    {
        if (await db.FindAsync<Message>(Message.ById, new { MessageId = messageId }, ct) is not { ContentErasedAt: null } current) return;
        if (await book.MoveAsync(current, current with { Title = null }, ct) is null) throw ApiProblem.Conflict("message_not_open", "An answer is just leaving. Try again.");
        await db.ExecuteAsync(EraseSubject, new { MessageId = messageId }, ct);
    }

    private static readonly TenantSql EraseSubject = TenantSql.Of("""
        UPDATE MessageContents
        SET Subject = '-'
        WHERE TenantId = @TenantId
          AND MessageId = @MessageId
          AND Subject IS NOT NULL
        """);
}
