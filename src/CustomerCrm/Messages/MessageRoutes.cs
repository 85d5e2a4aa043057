using CustomerCrm.ContactPolicy;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Messages;

internal static class MessageRoutes
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddScoped<MessageBook>().AddScoped<MessageEraser>().AddScoped(all => new MessageReports(all.GetRequiredService<TenantDb>(), all.GetRequiredService<MessageBook>(), all.GetRequiredService<TimeProvider>())).AddScoped<AttemptLog>().AddScoped<RefusedAddress>().AddScoped<IRestored, RestoredMessages>()
        .AddScoped(all => new MessageDoor(
            all.GetRequiredService<TenantDb>(), all.GetRequiredService<Addresses>(), all.GetRequiredService<CustomerTurn>(), all.GetRequiredService<ContactPolicies>(),
            all.GetRequiredService<MessageRendering>(), all.GetRequiredService<MessageBook>(), all.GetRequiredService<JobQueue>(), all.GetRequiredService<EventLog>(), all.GetRequiredService<TimeProvider>()))
        .AddJob<SendMessageJob, SendMessage>().AddJob<ReconcileMessageJob, ReconcileMessage>().AddJob<RescueMessagesJob, RescueMessages>();

    /// <summary>E-mails and text messages to customers. Each is asked of the contact policy twice: when it is posted, and when it is to leave.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");

        messages.MapGet("/", ListMessages.Handle).Needs("messages:read").Lists(ListMessages.List).Describe("List messages",
            "Those posted last first, also those that were refused, are put off or may never have arrived.");
        messages.MapPost("/", PostMessage.Handle).NeedsIdempotencyKey().Needs("messages:write").MayAnswer(400, "quiet_refused").Describe("Send a message",
            "Of a template or written by yourself. 201 says that it is taken, not that it leaves: `state` is `queued`, `deferred` until `due_at`, or `refused` with the rule in `code`; its explanation has every rule. What leaves is an event: `message.sent`, `message.delivered` … `Crm-Quiet: true` is refused: a message cannot be sent quietly.");
        messages.MapGet("/{message_id}", ListMessages.Show).WithName("ShowMessage").Needs("messages:read").Describe("Show a message",
            "Where it stands, who wanted it, and which version of which template it was made of.");
        messages.MapGet("/{message_id}/content", ShowContent.Handle).WithName("ShowMessageContent").Needs("messages:read").Describe("Show a message's content",
            "As it was written to the customer. 404 once it is erased.");
        messages.MapDelete("/{message_id}/content", ShowContent.Erase).WithName("EraseMessageContent").Needs("messages:write").Describe("Erase a message's content",
            "For good: what was written, and the title. The message stays, with all that became of it; one that has not left is cancelled.");
        messages.MapGet("/{message_id}/explanation", ExplainMessage.Handle).Needs("messages:read").Describe("Explain a message",
            "Why the customer got it, or why not: every rule of the policy with what it found, each attempt, and what the provider said.");
        messages.MapPost("/{message_id}/cancellation", CancelMessage.Handle).Needs("messages:write").MayAnswer(409, "message_not_open").Describe("Cancel a message",
            "While it is queued or deferred; 409 `message_not_open` once it is leaving. Cancelling it again changes nothing.");

        api.MapGet("/customers/{customer_id}/messages", ListMessages.OfCustomer).WithName("ListCustomerMessages").WithTags("Messages").Needs("messages:read").Lists(ListMessages.OfOne).Describe("List a customer's messages",
            "All that was sent to the customer, is to be, or was refused; those posted last first.");
    }
}
