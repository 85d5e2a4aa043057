using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Messages.Sending;

public sealed record ReconcileMessage(Id<Message> MessageId, int Round);

/// <summary>
/// Asks the provider what became of a text message whose answer was lost. It only asks: however often the provider knows nothing, the message
/// is not sent again.
/// </summary>
internal sealed class ReconcileMessageJob(TenantDb db, MessageBook book, AttemptLog attempts, Senders senders, JobQueue jobs, TimeProvider clock) : IJob<ReconcileMessage>
{
    private static readonly TimeSpan[] rounds = [.. new[] { 2, 10, 60, 360, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    public static Task BeginAsync(Id<Message> messageId, DateTimeOffset now, JobQueue jobs, CancellationToken ct) =>
        jobs.EnqueueAsync(new ReconcileMessage(messageId, 0), new JobTerms { RunAt = now + rounds[0] }, ct);

    public async Task RunAsync(ReconcileMessage work, CancellationToken ct)
    {
        var message = await db.FindAsync<Message>(Message.ById, new { work.MessageId }, ct);
        if (message is not { State: MessageState.Unknown } || await attempts.OfAsync(message.Id, ct) is not [.., var last]) return; // reported meanwhile
        var content = await ShowContent.FindAsync(message.Id, db, ct);
        var found = content?.Sms is { } body ? await (await senders.SmsAsync(ct)).FindAsync(message.Recipient, last.StartedAt, body, ct) : null;
        await db.InTransactionAsync(() => TakeAsync(message, last, work.Round, found, ct), ct);
    }

    private async Task TakeAsync(Message message, MessageAttempt last, int round, SendOutcome? found, CancellationToken ct)
    {
        if (found is { Result: SendResult.Accepted or SendResult.Refused })
        {
            await attempts.FinishAsync(message.Id, last, found, ct);
            var isSent = found.Result == SendResult.Accepted;
            await book.MoveAsync(message, message with
            {
                State = isSent ? MessageState.Sent : MessageState.Failed,
                Code = isSent ? null : found.Code ?? "refused_by_provider",
                ProviderMessageId = found.ProviderMessageId ?? message.ProviderMessageId,
                SentAt = isSent ? last.StartedAt : null,
            }, ct);
        }
        else if (round + 1 < rounds.Length)
            await jobs.EnqueueAsync(new ReconcileMessage(message.Id, round + 1), new JobTerms { RunAt = clock.GetUtcNow() + rounds[round + 1] }, ct);
        else
            await book.MoveAsync(message, message with { Code = "not_found_at_provider" }, ct);
    }
}
