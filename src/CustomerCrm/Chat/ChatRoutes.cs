using CustomerCrm.Attachments;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.OpenApi.Answering;

namespace CustomerCrm.Chat;

internal static class ChatRoutes
{
    public static IServiceCollection AddChat(this IServiceCollection services)
    {
        services.AddOptions<ChatOptions>().BindConfiguration("Chat").ValidateDataAnnotations().ValidateOnStart();
        return services.AddScoped<VisitorBook>().AddScoped<ChatIdentity>().AddScoped<ChatBeginning>().AddScoped<ChatWriter>().AddScoped<ChatView>().AddEventConsumer<ChatConsumer>();
    }

    /// <summary>The chat on the tenant's own pages, with a key that everyone can read and a token that only the visitor has.</summary>
    public static void MapChat(this IEndpointRouteBuilder api)
    {
        var chat = api.MapGroup("/chat").WithTags("Chat");

        chat.MapPost("/", StartChat.Handle).Needs("chat:write", alsoFromBrowsers: true).OpensItsOwnTransaction().MayAnswer(403, "identity_token_invalid").Describe("Begin a chat",
            "With a publishable key, from a page. The answer holds the visitor's token, once. Whoever has an `identity_token` is that customer: they go on with the conversation they have open, whatever channel it began on, and see all of it. Everyone else gets a conversation of their own and sees only what is said in it; it is the customer's whom `anonymous_id` was identified as, or one that is made for it. 429 `chat_starts`: one address may begin 20 at once, and one more each minute.");
        chat.MapGet("/", ReadChat.Handle).WithName("ShowChat").Needs("chat:read", alsoFromBrowsers: true).MayAnswer(404, "not_found").Describe("Show a chat",
            "The visitor's own, by the token in `Crm-Visitor`: its latest messages, who is writing, and how far the visitor has read.");
        chat.MapGet("/messages", ReadChat.After).WithName("ListChatMessages").Needs("chat:read", alsoFromBrowsers: true).MayAnswer(404, "not_found").Describe("List new messages",
            "Those behind the number `after`, for who polls. Notes of the tenant's people, and what was said to others, are never among them.");
        chat.MapPost("/messages", SendChatMessage.Handle).Needs("chat:write", alsoFromBrowsers: true).OpensItsOwnTransaction().MayAnswer(404, "not_found").Describe("Say something in a chat",
            "Under a `unique_id`, however often it is sent, it is said once. Opens the chat again if it was closed. 429 `chat_messages`: 30 at once, then one every two seconds.");
        chat.MapPost("/attachments", UploadChatFile.Handle).Needs("chat:write", alsoFromBrowsers: true).OpensItsOwnTransaction().TakesFile(AttachmentKeeper.MostBytes, AttachmentUpload.MediaTypes).MayAnswer(404, "not_found").Describe("Upload a file in a chat",
            "The body is the file itself; the chat's channel says how large and of which types. Only this visitor can use it, in `attachment_ids` of a message, within a day.");
        chat.MapPost("/read", ReadChat.MarkAsRead).WithName("MarkChatAsRead").Needs("chat:write", alsoFromBrowsers: true).OpensItsOwnTransaction().MayAnswer(404, "not_found").Describe("Say how far a chat was read",
            "The number of the last message that the visitor has seen; it never goes back.");
        chat.MapPost("/typing", ReadChat.Typing).WithName("SayChatTyping").Needs("chat:write", alsoFromBrowsers: true).OpensItsOwnTransaction().MayAnswer(404, "not_found").Describe("Say that a visitor is typing",
            "Agents who follow the conversation see it. It ends by itself after six seconds; say it again while it goes on.");
        chat.MapGet("/{visitor_id}/stream", FollowChat.Handle).Needs("chat:read", alsoFromBrowsers: true).TakesTicket().AnswersFile("text/event-stream").Describe("Follow a chat",
            "Server-sent events: `entry` with a message, `redacted` with the number of one that is not to be shown any more, `typing` with who writes, `ready` and `ping`. With the key and `Crm-Visitor`, or by a ticket. The id of each is the number to go on from, as `Last-Event-ID`. After ten minutes it ends; connect again.");
        chat.MapPost("/stream_ticket", FollowChat.MakeTicket).WithName("MakeChatTicket").Needs("chat:read", alsoFromBrowsers: true).ReadsOnly().MayAnswer(404, "not_found").Describe("Make a ticket for the chat's stream",
            "An address that opens once, within a minute, without a key: for `EventSource`, which sends no header.");
        chat.MapPost("/identities", IdentifyChatCustomer.Handle).Needs("chat:write").Describe("Say who chats",
            "From your own server, with a secret key, for a customer who is signed in at your shop: a token of ten minutes for the page to begin the chat with. A page cannot say itself who its visitor is.");
    }
}
