using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Presence;

/// <summary>POST /conversations/{conversation_id}/typing</summary>
public static class SayTyping
{
    /// <example>{"is_typing":true}</example>
    public sealed record Request
    {
        /// <summary>False: not any more. It ends by itself after six seconds; say it again while it goes on.</summary>
        public bool IsTyping { get; init; } = true;
    }

    internal static async Task<NoContent> Handle([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, Request request, Caller caller, TypingBook typing, TenantDb db, CancellationToken ct)
    {
        await Conversation.FindAsync(conversationId, db, ct);
        await typing.SayAsync(conversationId, (caller.User?.UserId ?? caller.KeyId).ToByteArray(bigEndian: true), caller.Actor.Name, request.IsTyping, ct);
        return TypedResults.NoContent();
    }
}
