using System.Globalization;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Replies;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Tickets;

namespace CustomerCrm.Slas.Acknowledging;

/// <summary>
/// Posts an automatic answer: in the customer's language, under a key of what it answers, and as an e-mail in the thread that says of itself that a program
/// wrote it (RFC 3834, 3.1.5 and 5), so that no other program answers it.
/// </summary>
internal sealed class AcknowledgementPost(TenantDb db, MessageDoor door, ReplyHeaders threads)
{
    /// <returns>Null: there is no address, or a template that cannot be written for this customer.</returns>
    public async Task<Message?> PostAsync(Ticket ticket, InteractionChannel channel, string? to, AcknowledgementPolicy policy, AcknowledgementTimes times, CancellationToken ct)
    {
        var language = ticket.Language ?? await db.FindAsync<string>(LanguageOf, new { ticket.CustomerId }, ct);
        var draft = new MessageDraft
        {
            CustomerId = ticket.CustomerId,
            TicketId = new Id<SpokenTicket>(ticket.Id.Value),
            To = to,
            Channel = channel == InteractionChannel.Sms ? MessageChannel.Sms : MessageChannel.Email,
            Purpose = MessagePurpose.Service,
            Reason = new MessageReason("sla", ticket.Id.ToString(), "Nobody was there when you wrote."),
            Headers = channel == InteractionChannel.Email ? await HeadersAsync(ticket, ct) : null,
            DedupeKey = string.Create(CultureInfo.InvariantCulture, $"acknowledge:{ticket.Id}:{ticket.CustomerRepliedAt!.Value.UtcTicks}"),
        };
        if (AcknowledgementTexts.Pick(policy.Templates, language) is { } template)
            draft = draft with { TemplateId = template, Data = JsonSerializer.SerializeToElement(new { ticket_number = ticket.Number, subject = ticket.Subject, opens_at = times.Opens, expected_at = times.Expected }) };
        else draft = draft with { Content = AcknowledgementTexts.Of(language, ticket.Number, ticket.Subject, times) };
        try
        {
            return await door.PostAsync(draft, ct);
        }
        catch (ApiProblem wrong) when (wrong.Status is 404 or 422)
        {
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> HeadersAsync(Ticket ticket, CancellationToken ct)
    {
        var headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-replied" };
        if (ticket.ConversationId is not { } id) return headers;
        foreach (var (name, value) in (await threads.OfAsync(await Conversation.FindAsync(id, db, ct), ct)).Headers) headers[name] = value;
        return headers;
    }

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
