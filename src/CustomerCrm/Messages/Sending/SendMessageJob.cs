using System.Text.Json;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Templates.Rendering;
using CustomerCrm.Tenant;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Messages.Sending;

public sealed record SendMessage(Id<Message> MessageId);

/// <summary>
/// Lets a message leave: asks the policy again, writes the attempt, commits, calls the provider, writes what came of it. Whatever ends the program
/// in between leaves an attempt without an outcome, which is one that is not known.
/// </summary>
internal sealed class SendMessageJob(
    TenantDb db, CustomerTurn turn, ContactPolicies policies, SendBudget budget, MessageBook book, AttemptLog attempts, RefusedAddress refused, Senders senders, CurrentSettings settings, JobQueue jobs, IFileStore files,
    IOptions<MessageOptions> options, IOptions<PublicOptions> place, TimeProvider clock) : IJob<SendMessage>
{
    // Longer than a provider may take in all. Until then an attempt without an outcome may be at work elsewhere.
    private static readonly TimeSpan longestCall = TimeSpan.FromMinutes(2);

    // What the senders say in a way of their own.
    private const string ReplyTo = "Reply-To";

    public async Task RunAsync(SendMessage work, CancellationToken ct)
    {
        if (await db.FindAsync<Message>(Message.ById, work, ct) is not { } known) return; // gone with its customer
        IEmailSender? email = known.Channel == MessageChannel.Email ? await senders.EmailAsync(ct) : null;
        ISmsSender? sms = known.Channel == MessageChannel.Sms ? await senders.SmsAsync(ct) : null;

        Begun? begun = null;
        await db.InTransactionAsync(async () => begun = await BeginAsync(known, (email?.Provider ?? sms?.Provider)!, ct), ct);
        if (begun is null) return;

        SendOutcome outcome;
        try
        {
            outcome = email is not null ? await email.SendAsync(await EmailAsync(begun, ct), ct) : await sms!.SendAsync(SmsOf(begun), ct);
        }
        catch (Exception e)
        {
            // A sender throws only when it is stopped; anything else is a mistake of ours. In either case nobody knows whether it was sent.
            await db.InTransactionAsync(() => FinishAsync(begun, SendOutcome.Unknown(e is OperationCanceledException ? "interrupted" : "sender_failed"), CancellationToken.None), CancellationToken.None);
            if (e is OperationCanceledException) throw;
            return;
        }
        await db.InTransactionAsync(() => FinishAsync(begun, outcome, CancellationToken.None), CancellationToken.None);
    }

    /// <returns>Null: it does not leave now.</returns>
    private async Task<Begun?> BeginAsync(Message known, string provider, CancellationToken ct)
    {
        if (known.CustomerId is { } customerId) await turn.TakeAsync(customerId, ct);
        var message = await Message.FindAsync(known.Id, db, ct); // as it is now that nobody else decides
        var before = await attempts.OfAsync(known.Id, ct);
        if (message.State == MessageState.Sending) message = await RecoverAsync(message, before, ct);
        if (message is not { IsOpen: true }) return null;

        var now = clock.GetUtcNow();
        if (message.NextAt > now)
        {
            await EnqueueAsync(message, message.NextAt, ct);
            return null;
        }
        var day = (await settings.GetAsync(ct)).Calendar.DayOf(now);
        var decision = await policies.AskAsync(message.Question, ct);
        if (decision.Outcome == DecisionOutcome.Allowed && !await budget.TryTakeAsync(message.Channel, day, message.Parts, await LimitAsync(message.Channel, ct), ct))
            decision = await policies.AskAsync(message.Question, ct); // says so itself now
        var asked = message with { SendDecisionText = JsonSerializer.Serialize(decision, StrictJson.Options), Code = decision.DecidedBy };
        switch (decision.Outcome)
        {
            case DecisionOutcome.Denied:
                await book.MoveAsync(message, asked with { State = MessageState.Refused }, ct);
                return null;
            case DecisionOutcome.Deferred:
                await book.MoveAsync(message, asked with { State = MessageState.Deferred, NextAt = decision.Until!.Value }, ct);
                await EnqueueAsync(message, decision.Until.Value, ct);
                return null;
            default:
                var content = await ShowContent.FindAsync(message.Id, db, ct) ?? throw new JobFailedException("content_missing");
                var number = before.Count + 1;
                if (await book.MoveAsync(message, asked with { State = MessageState.Sending, NextAt = now }, ct) is not { } sending) return null;
                return new Begun(sending, content, await attempts.BeginAsync(message.Id, number, provider, day, ct));
        }
    }

    // The program ended between an attempt and its outcome.
    private async Task<Message?> RecoverAsync(Message message, IReadOnlyList<MessageAttempt> before, CancellationToken ct)
    {
        if (before is not [.., var last] || last.Result is not null) return null;
        if (last.StartedAt + longestCall > clock.GetUtcNow())
        {
            await EnqueueAsync(message, last.StartedAt + longestCall, ct);
            return null;
        }
        await FinishAsync(new Begun(message, null!, last), SendOutcome.Unknown("interrupted"), ct);
        return null; // where it is to be tried again, a job of its own does it
    }

    private async Task FinishAsync(Begun begun, SendOutcome outcome, CancellationToken ct)
    {
        await attempts.FinishAsync(begun.Message.Id, begun.Attempt, outcome, ct);
        if (outcome.Result == SendResult.NotSent) await budget.GiveBackAsync(begun.Message.Channel, begun.Attempt.Day, begun.Message.Parts, ct);
        await refused.HeedAsync(begun.Message, outcome, ct);
        var (now, all) = (clock.GetUtcNow(), await attempts.OfAsync(begun.Message.Id, ct));
        var next = SendingPlan.After(begun.Message.Channel, all, outcome.RetryAfter, options.Value.GiveUpAfter, now, Random.Shared.NextDouble());
        Message? moved = null;
        while (moved is null && await db.FindAsync<Message>(Message.ById, new { MessageId = begun.Message.Id }, ct) is { } current)
        {
            var isAccepted = outcome.Result == SendResult.Accepted;
            var told = current with
            {
                Provider = begun.Attempt.Provider,
                ProviderMessageId = outcome.ProviderMessageId ?? current.ProviderMessageId,
                SentAt = isAccepted ? now : current.SentAt,
            };
            // The provider's own report may have been faster than its answer.
            var isStillSending = current.State == MessageState.Sending || (isAccepted && current.State == MessageState.Unknown);
            moved = await book.MoveAsync(current, isStillSending ? told with { State = next.State, Code = next.Code, NextAt = next.At ?? current.NextAt } : told, ct);
        }
        if (moved is null) return; // gone with its customer
        if (moved.State == MessageState.Queued && next.At is { } at) await EnqueueAsync(moved, at, ct);
        if (moved is { State: MessageState.Unknown, Channel: MessageChannel.Sms }) await ReconcileMessageJob.BeginAsync(moved.Id, now, jobs, ct);
    }

    private Task EnqueueAsync(Message message, DateTimeOffset at, CancellationToken ct) =>
        jobs.EnqueueAsync(new SendMessage(message.Id), new JobTerms { RunAt = at, UniqueKey = message.Id.ToString() }, ct);

    private async Task<int> LimitAsync(MessageChannel channel, CancellationToken ct)
    {
        var policy = await policies.CurrentAsync(ct);
        return Math.Min(policy.DailyLimits.Of(channel), policy.Ceilings.Of(channel));
    }

    private async Task<EmailMessage> EmailAsync(Begun begun, CancellationToken ct)
    {
        var attached = new List<EmailFile>();
        foreach (var file in begun.Content.Files.Where(file => files.Has(file.StoredAs)))
        {
            await using var stream = files.Open(file.StoredAs);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, ct);
            attached.Add(new EmailFile(file.FileName, file.MediaType, content.ToArray()));
        }
        return EmailOf(begun) with { Files = attached };
    }

    private EmailMessage EmailOf(Begun begun) => new()
    {
        To = begun.Message.Recipient,
        Subject = begun.Content.Subject!,
        Text = begun.Content.Text!,
        Html = begun.Content.Html,
        MessageId = $"{begun.Message.Id}@{new Uri(place.Value.BaseUrl).Host}",
        DedupeId = begun.Message.Id.ToString(),
        ReplyTo = begun.Content.Headers.GetValueOrDefault(ReplyTo),
        Headers = begun.Content.Headers.Where(header => header.Key != ReplyTo).ToDictionary(),
    };

    private static SmsMessage SmsOf(Begun begun) => new() { To = begun.Message.Recipient, Body = begun.Content.Sms!, DedupeId = begun.Message.Id.ToString() };

    private sealed record Begun(Message Message, RenderedMessage Content, MessageAttempt Attempt);
}
