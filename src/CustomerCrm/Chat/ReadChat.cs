using System.ComponentModel.DataAnnotations;
using CustomerCrm.Conversations.Presence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Chat;

/// <summary>GET /chat, GET /chat/messages, POST /chat/read and POST /chat/typing: what a visitor does beside writing.</summary>
public static class ReadChat
{
    /// <summary>What is new.</summary>
    public sealed record News
    {
        /// <summary>The oldest first; at most 50.</summary>
        public required IReadOnlyList<ChatMessage> Data { get; init; }
    }

    /// <example>{"number":7}</example>
    public sealed record Mark
    {
        /// <summary>The number of the last message that was read.</summary>
        [Range(1, int.MaxValue)] public required int Number { get; init; }
    }

    internal static Task<ChatThread> Handle(VisitorPass pass, ChatView view, CancellationToken ct) => view.OfAsync(pass.Visitor, ct);

    /// <param name="after">The number of the last message that is known; 0 for all.</param>
    /// <param name="pass">Whose chat.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<News> After([FromQuery, Range(0, int.MaxValue)] int? after, VisitorPass pass, ChatView view, CancellationToken ct) =>
        new() { Data = await view.AfterAsync(pass.Visitor, Math.Max(0, after ?? 0), ct) };

    internal static async Task<NoContent> MarkAsRead(Mark request, VisitorPass pass, VisitorBook visitors, CancellationToken ct)
    {
        await visitors.ReadAsync(pass.Visitor, request.Number, ct);
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> Typing(SayTyping.Request request, VisitorPass pass, TypingBook typing, CancellationToken ct)
    {
        await typing.SayAsync(pass.Visitor.ConversationId, TypingBook.Customer, pass.Visitor.Name, request.IsTyping, ct);
        return TypedResults.NoContent();
    }
}
