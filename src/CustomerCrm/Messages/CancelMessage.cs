using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Messages;

/// <summary>POST /messages/{message_id}/cancellation</summary>
internal static class CancelMessage
{
    internal static async Task<Message> Handle([FromRoute(Name = "message_id")] Id<Message> messageId, TenantDb db, MessageBook book, CancellationToken ct)
    {
        var current = await Message.FindAsync(messageId, db, ct);
        if (current.State == MessageState.Cancelled) return current;
        return (current.IsOpen ? await book.MoveAsync(current, current with { State = MessageState.Cancelled, Code = null }, ct) : null)
            ?? throw ApiProblem.Conflict("message_not_open", "The message has left, is just leaving, or will not leave.");
    }
}
