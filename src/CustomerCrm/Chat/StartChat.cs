using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Chat;

/// <summary>POST /chat: a visitor of a page begins to chat.</summary>
public static class StartChat
{
    /// <example>{"text":"Do you deliver to Austria?","anonymous_id":"b7f9c1d2","name":"Ada","email":"ada@example.com"}</example>
    public sealed record Request
    {
        /// <summary>What the visitor says. May be left out by who has an identity token and something open: to go on with it.</summary>
        /// <example>Do you deliver to Austria?</example>
        [StringLength(10_000, MinimumLength = 1)] public string? Text { get; init; }

        /// <summary>What the visitor is called by `POST /v1/track`: their past on the pages is the chat's, too, once it is known who they are.</summary>
        [StringLength(200, MinimumLength = 1)] public string? AnonymousId { get; init; }

        /// <summary>What the visitor says they are called.</summary>
        [StringLength(200, MinimumLength = 1)] public string? Name { get; init; }

        /// <summary>Where the visitor says they can be written to. It is not believed until they write from there.</summary>
        [StringLength(254, MinimumLength = 3)] public string? Email { get; init; }

        /// <summary>Where the visitor is.</summary>
        /// <example>https://shop.example.com/products/tea</example>
        [StringLength(2000, MinimumLength = 1), WebAddress] public string? PageUrl { get; init; }

        /// <summary>Of `POST /v1/chat/identities`: who the visitor is, as your own server knows.</summary>
        [StringLength(100, MinimumLength = 1)] public string? IdentityToken { get; init; }
    }

    /// <summary>A chat that has begun.</summary>
    public sealed record Begun
    {
        /// <summary>For the header `Crm-Visitor`. It is shown here and never again; it lasts for 30 days after it was used last.</summary>
        public required string VisitorToken { get; init; }

        public required ChatThread Chat { get; init; }
    }

    internal static async Task<Created<Begun>> Handle(
        Request request, HttpContext http, Caller caller, NamedLimits limits, IOptions<ChatOptions> options, ChatBeginning beginning, ChatWriter writer, ChatView view, TenantDb db, CancellationToken ct)
    {
        if (caller.IsPublishable) limits.Take("chat_starts", $"{caller.KeyId:N} {ClientAddress.Of(http)}", options.Value.Starts);
        Begun? begun = null;
        await db.InTransactionAsync(async () =>
        {
            var (visitor, token) = await beginning.BeginAsync(request, ct);
            if (request.Text is { } text) await writer.SayAsync(visitor, new SendChatMessage.Request { Text = text }, ct);
            begun = new Begun { VisitorToken = token, Chat = await view.OfAsync(visitor, ct) };
        }, ct);
        return TypedResults.Created("/v1/chat", begun!);
    }
}
