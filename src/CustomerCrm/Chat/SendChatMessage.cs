using System.ComponentModel.DataAnnotations;
using CustomerCrm.Attachments;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Chat;

/// <summary>POST /chat/messages</summary>
public static class SendChatMessage
{
    /// <example>{"text":"And how long does it take?","unique_id":"0d6e1f0a"}</example>
    public sealed record Request
    {
        /// <summary>Empty only where there are attachments.</summary>
        [StringLength(10_000)] public string Text { get; init; } = "";

        /// <summary>The page's own id of this message. Sent again, it is said once.</summary>
        [StringLength(100, MinimumLength = 1)] public string? UniqueId { get; init; }

        /// <summary>Files that this visitor uploaded before.</summary>
        [MaxLength(20)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];
    }

    internal static async Task<Created<ChatMessage>> Handle(Request request, VisitorPass pass, NamedLimits limits, IOptions<ChatOptions> options, ChatWriter writer, ChatView view, VisitorBook visitors, TenantDb db, CancellationToken ct)
    {
        limits.Take("chat_messages", pass.Visitor.Id.ToString(), options.Value.Messages);
        ChatMessage? said = null;
        await db.InTransactionAsync(async () =>
        {
            said = await view.OfAsync(await writer.SayAsync(pass.Visitor, request, ct), ct);
            await visitors.SeeAsync(pass.Visitor, ct);
        }, ct);
        return TypedResults.Created($"/v1/chat/messages?after={said!.Number - 1}", said);
    }
}
