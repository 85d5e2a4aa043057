using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Redaction;

/// <summary>POST /conversations/{conversation_id}/entries/{entry_id}/redaction: what was said is gone, wherever it stood. That something was said stays.</summary>
public static class RedactEntry
{
    /// <example>{"reason":"A card number."}</example>
    public sealed record Request
    {
        /// <summary>For whoever asks later; it stands in the conversation.</summary>
        /// <example>A card number.</example>
        [StringLength(200, MinimumLength = 1)] public string? Reason { get; init; }
    }

    internal static Task<ConversationEntry> Handle(
        [FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, [FromRoute(Name = "entry_id")] Id<ConversationEntry> entryId, Request request, EntryRedaction redaction, CancellationToken ct) =>
        redaction.RedactAsync(conversationId, entryId, request.Reason, ct);
}
