using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Messages;

/// <summary>
/// The only way in which anything is sent to a customer, whoever asks. A message is a row in the caller's transaction; the policy is asked
/// here, and once more when it is to leave. What is refused is a message, too: it says why.
/// </summary>
public sealed class MessageDoor
{
    private readonly TenantDb db;
    private readonly Addresses addresses;
    private readonly CustomerTurn turn;
    private readonly ContactPolicies policies;
    private readonly MessageRendering rendering;
    private readonly MessageBook book;
    private readonly JobQueue jobs;
    private readonly EventLog events;
    private readonly TimeProvider clock;

    internal MessageDoor(TenantDb db, Addresses addresses, CustomerTurn turn, ContactPolicies policies, MessageRendering rendering, MessageBook book, JobQueue jobs, EventLog events, TimeProvider clock) =>
        (this.db, this.addresses, this.turn, this.policies, this.rendering, this.book, this.jobs, this.events, this.clock) =
        (db, addresses, turn, policies, rendering, book, jobs, events, clock);

    /// <returns>Queued, deferred or refused; or the one that was posted before under the same key.</returns>
    /// <exception cref="ApiProblem">
    /// 400 <c>quiet_refused</c>: history is being loaded, which starts nothing. 404, 422: no such customer, order or template, or what is written in it cannot be
    /// written for this customer. Then there is no message.
    /// </exception>
    public async Task<Message> PostAsync(MessageDraft draft, CancellationToken ct)
    {
        if (events.IsQuiet) throw ApiProblem.BadRequest("quiet_refused", "Crm-Quiet starts nothing, and a message would be sent. Leave it out, or record an interaction.");
        Message? message = null;
        await db.InTransactionAsync(async () => message = await TakeAsync(draft, ct), ct);
        return message!;
    }

    private async Task<Message> TakeAsync(MessageDraft draft, CancellationToken ct)
    {
        var (customerId, to) = await addresses.FindAsync(draft.CustomerId, draft.To, draft.Channel, ct);
        if (customerId is null && draft.Purpose == MessagePurpose.Marketing) throw ApiProblem.Invalid("/customer_id", "required", "Marketing goes to customers only, since it needs their consent.");
        if (customerId is { } who) await turn.TakeAsync(who, ct);
        var hash = draft.DedupeKey is { } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;
        if (hash is not null && await book.FindAsync(hash, ct) is { } before) return before;

        var template = await TemplateOfAsync(draft, ct);
        var links = rendering.AddressesOf(customerId, draft.Channel, draft.Purpose, draft.Topic);
        var terms = new RenderingTerms { CustomerId = customerId, Channel = draft.Channel, Purpose = draft.Purpose, LinkTags = draft.LinkTags };
        var source = new MergeSource { CustomerId = customerId, OrderId = draft.OrderId, TicketId = draft.TicketId, Data = draft.Data, Links = links };
        var content = template is not null ? await rendering.OfTemplateAsync(template, terms, source, ct)
            : DraftContent.Merged(draft) is { } parts ? await rendering.OfWrittenAsync(parts, terms, source, ct)
            : await rendering.OfContentAsync(DraftContent.AsItStands(draft), terms, links, ct);
        if (draft.Files.Count > 0) content = content with { Files = draft.Files };
        if (draft.Headers is { Count: > 0 } more) content = content with { Headers = content.Headers.Concat(more.Where(header => !content.Headers.ContainsKey(header.Key))).ToDictionary() };

        var question = new ContactQuestion { CustomerId = customerId, Channel = draft.Channel, Purpose = draft.Purpose, Topic = draft.Topic ?? "", Recipient = to, ReasonKind = draft.Reason.Kind, ReasonId = draft.Reason.Id, Parts = PartsOf(content) };
        var decision = await policies.AskAsync(question, ct);
        var message = Of(draft, question, decision, template, content);
        try
        {
            await book.AddAsync(message, content, hash, ct);
        }
        catch (DuplicateKeyException) when (hash is not null)
        {
            return await book.FindAsync(hash, ct) ?? throw ApiProblem.Conflict("taken_meanwhile", "The same key was used at the same moment. Try again.");
        }
        if (message.IsOpen) await jobs.EnqueueAsync(new SendMessage(message.Id), new JobTerms { RunAt = message.NextAt }, ct);
        return message;
    }

    private async Task<Template?> TemplateOfAsync(MessageDraft draft, CancellationToken ct)
    {
        if (draft.TemplateId is { } id) return await Template.FindAsync(id, db, ct);
        if (draft.TemplateName is { } name) return await Template.FindByNameAsync(name, db, ct) ?? throw ApiProblem.NotFound("template");
        return null;
    }

    // A text message is paid for by the part.
    private static int PartsOf(RenderedMessage content) => content.Sms is { } sms ? SmsSegments.Of(sms).Segments : 1;

    private Message Of(MessageDraft draft, ContactQuestion question, ContactDecision decision, Template? template, RenderedMessage content)
    {
        var now = clock.GetUtcNow();
        return new Message
        {
            Id = Id<Message>.New(),
            CustomerId = question.CustomerId,
            Recipient = question.Recipient ?? "",
            Channel = question.Channel,
            Purpose = question.Purpose,
            TopicText = question.Topic,
            State = decision.Outcome switch
            {
                DecisionOutcome.Allowed => MessageState.Queued,
                DecisionOutcome.Deferred => MessageState.Deferred,
                _ => MessageState.Refused,
            },
            Code = decision.DecidedBy,
            ReasonKind = draft.Reason.Kind,
            ReasonId = draft.Reason.Id,
            ReasonText = draft.Reason.Text,
            TemplateId = template?.Id,
            TemplateVersionId = template?.VersionId,
            Title = MessageBook.TitleOf(content),
            Parts = question.Parts,
            NextAt = decision.Until ?? now,
            DecisionText = JsonSerializer.Serialize(decision, StrictJson.Options),
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
