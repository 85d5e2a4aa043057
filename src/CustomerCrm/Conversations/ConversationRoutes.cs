using CustomerCrm.Conversations.Entries;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Conversations.Mentions;
using CustomerCrm.Conversations.Presence;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Conversations.Releasing;
using CustomerCrm.Conversations.Replies;
using CustomerCrm.Conversations.Streams;
using CustomerCrm.Conversations.Threads;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.ProviderCallbacks.Inbound;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations;

internal static class ConversationRoutes
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton(ConversationRecord.RecordKind).AddScoped<IRestored, ConversationRecord>()
        .AddScoped<ConversationWriter>().AddScoped<ConversationBook>().AddScoped<ConversationMover>().AddScoped<EntryReader>().AddScoped<EntryWriter>().AddScoped<EntryMoves>().AddScoped<ReadMarks>()
        .AddScoped<ReplyDesk>().AddScoped<ReplyPost>().AddScoped<ReplyHeaders>().AddScoped<ReplyAddresses>().AddScoped<TypingBook>().AddScoped<ConversationStream>().AddScoped<EntryRedaction>().AddScoped<NoteCopies>()
        .AddScoped<MediaBook>().AddScoped<MediaCall>().AddJob<FetchMediaJob, FetchMedia>().AddScoped<ThreadFinder>().AddScoped<ConversationIntake>().AddScoped<IInboundRouter, ConversationRouter>()
        .AddJob<ReleaseConversationsJob, ReleaseConversations>();

    /// <summary>What is said with customers, in one thread each, on whichever channel.</summary>
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");

        conversations.MapGet("/", ListConversations.Handle).Needs("conversations:read").Lists(ListConversations.List).Describe("List conversations",
            "Those that something came to last first. `mine=true` asks for those of the person who is signed in and of their teams, `unread=true` for what they have not read, `unassigned=true` for what is no user's.");
        conversations.MapPost("/", StartConversation.Handle).Needs("conversations:write").MayAnswer(409, "reply_window_closed").MayAnswer(400, "quiet_refused").Describe("Start a conversation",
            "A thread of its own, whatever else is open: an agent writes to a customer first, or a call is written down. What a customer wrote goes to `POST /v1/conversations/messages`, which finds the thread it belongs to.");
        conversations.MapPost("/messages", ReceiveMessage.Handle).Needs("conversations:write").Produces<ConversationEntry>().Produces<ConversationEntry>(201).Describe("Take in a customer's message",
            "What a customer said on any channel: a call, a visit, a web form, social media, or a channel of your own. It finds its conversation by what it answers, by the customer's conversation that is open, or by the one that was closed less than 72 hours ago; else it begins one. `threading` says why it stands there. With an `external_id` it is taken once: a repeat answers 200. E-mails and text messages of your providers come in by themselves, and so does the chat.");
        conversations.MapGet("/mentions", ListMentions.Handle).Needs("conversations:read").Lists(ListMentions.List).Describe("List mentions",
            "Where users are named, the latest first: `mine=true&unseen=true` is what waits for whoever is signed in.");
        conversations.MapPost("/mentions/{mention_id}/seen", ListMentions.See).WithName("SeeMention").Needs("conversations:write").Describe("Mark a mention as seen",
            "By who is mentioned. Reading the conversation up to there does the same.");
        conversations.MapGet("/stream", FollowInbox.Handle).WithName("FollowConversations").Needs("conversations:read").TakesTicket().AnswersFile("text/event-stream").Describe("Follow all conversations",
            "Server-sent events, named by what happened without `conversation.`: `started`, `message_received`, `message_sent`, `assigned`, `closed` …, with the data of the event of that name, whichever process wrote it; `ready` and `ping` between them. The id of each is the place to go on from, as `Last-Event-ID`: nothing of the last 30 days is missed. After ten minutes it ends; connect again.");
        conversations.MapPost("/stream_ticket", FollowInbox.MakeTicket).WithName("MakeInboxTicket").Needs("conversations:read").ReadsOnly().Describe("Make a ticket for the stream",
            "An address of the stream of all conversations that opens once, within a minute, without a key: for `EventSource`, which sends no header.");
        conversations.MapGet("/{conversation_id}", Show).WithName("ShowConversation").Needs("conversations:read").Describe("Show a conversation",
            "Where it stands, whose it is, and when who wrote last. Its `ETag` is its revision, which also rises with every entry.");
        conversations.MapPatch("/{conversation_id}", ChangeConversation.Handle).Needs("conversations:write").Describe("Change a conversation",
            "Absent members stay. `state` closes it or opens it again, `assignee_id` and `team_id` hand it on, `customer_id` says that it is another customer's: then all that was said in it moves into that one's timeline, and its tickets are that one's, each with a `ticket.updated`.");
        conversations.MapDelete("/{conversation_id}", RemoveConversation.Handle).WithName("RemoveConversation").Needs("conversations:write").Describe("Delete a conversation",
            "Into the bin, from which it can be restored for 90 days, with its notes, its files and the interactions that its messages are. Its tickets stay: `conversation_id` of them is null and `conversation_removed_at` says why; what is answered on them begins another conversation. What was sent stays among the messages. What only should not be read any more is redacted.");

        conversations.MapGet("/{conversation_id}/entries", ListEntries.Handle).Needs("conversations:read").Lists(ListEntries.List).Describe("List a conversation's entries",
            "Messages, internal notes and what happened, in the order in which they came. Each message says why it stands here (`threading`) or how far it has come (`delivery`); of an e-mail, `body` is what the customer wrote now and `quoted` what their program put under it. Pictures of a multimedia message are fetched behind it: until they are attachments, `media` says where they stand.");
        conversations.MapGet("/{conversation_id}/entries/{entry_id}", ListEntries.Show).WithName("ShowEntry").Needs("conversations:read").Describe("Show an entry",
            "One message, note or event of a conversation, with its files.");
        conversations.MapPost("/{conversation_id}/replies", ReplyToCustomer.Handle).Needs("conversations:write").MayAnswer(409, "reply_window_closed").Describe("Reply to a customer",
            "On the channel that the customer wrote on, unless another is said. What the channel does not take is refused: 422 for its length and files, 409 `reply_window_closed` once its window is over. An e-mail or SMS goes through the contact policy like every message: the entry's `delivery` says whether it left, with the rule in `code` where it did not. `Crm-Quiet: true` writes down what was said elsewhere and sends nothing.");
        conversations.MapPost("/{conversation_id}/notes", WriteInternalNote.Handle).Needs("conversations:write").Describe("Write an internal note",
            "For the tenant's own people; no customer ever sees it. Who is named in `mentions`, or by an id behind an @, finds it among their mentions.");
        conversations.MapPost("/{conversation_id}/entries/{entry_id}/delivery", ReportDelivery.Handle).Needs("conversations:write").MayAnswer(409, "not_carried").Describe("Report a delivery",
            "By the program that carries a channel of your own, or that brings the customer an answer in the usual chat where nobody chats on your pages (`no_visitor`): what became of it. Reports may come in any order and twice; what is further along stays.");
        conversations.MapPost("/{conversation_id}/entries/{entry_id}/redaction", RedactEntry.Handle).Needs("redactions:write").MayAnswer(409, "nothing_to_redact").MayAnswer(409, "message_not_open").Describe("Redact an entry",
            "What was said is gone for good, wherever it stood: here, in the interaction and its history, in the search, in the message that was sent, in events and what webhooks have still to deliver, and its files. That something was said stays. An answer that has not left is cancelled.");
        conversations.MapPost("/{conversation_id}/read", MarkRead.Handle).Needs("conversations:write").Describe("Mark a conversation as read",
            "By who is signed in, up to an entry or to the end; never back.");
        conversations.MapGet("/{conversation_id}/reads", MarkRead.Readers).WithName("ListReaders").Needs("conversations:read").Lists(MarkRead.List).Describe("List who has read a conversation",
            "Every user who has read in it, and up to which entry.");
        conversations.MapPost("/{conversation_id}/typing", SayTyping.Handle).WithName("SayTyping").Needs("conversations:write").Describe("Say that somebody is typing",
            "The customer sees it in the chat, and who follows the conversation does. It ends by itself after six seconds; say it again while it goes on.");
        conversations.MapGet("/{conversation_id}/stream", FollowConversation.Handle).Needs("conversations:read").TakesTicket().AnswersFile("text/event-stream").Describe("Follow a conversation",
            "Server-sent events: `entry` with each new one, `redacted` with the number of one that is not to be shown any more, `conversation` when it changed, `typing` with who writes, `ready` and `ping`. The id of each is the number of the last entry, to go on from as `Last-Event-ID`. After ten minutes it ends; connect again.");
        conversations.MapPost("/{conversation_id}/stream_ticket", FollowConversation.MakeTicket).WithName("MakeConversationTicket").Needs("conversations:read").ReadsOnly().Describe("Make a ticket for a conversation's stream",
            "An address of the stream that opens once, within a minute, without a key: for `EventSource`, which sends no header.");

        api.MapGet("/customers/{customer_id}/conversations", ListConversations.OfCustomer).WithName("ListCustomerConversations").WithTags("Conversations").Needs("conversations:read").Lists(ListConversations.OfOne).Describe("List a customer's conversations",
            "All that was said with this customer, those that something came to last first.");
    }

    private static async Task<Conversation> Show([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, ReadMarks marks, TenantDb db, CancellationToken ct) =>
        await marks.WithReadAsync(await Conversation.FindAsync(conversationId, db, ct), ct);
}
