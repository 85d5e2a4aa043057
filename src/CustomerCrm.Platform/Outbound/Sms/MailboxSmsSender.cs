using CustomerCrm.Platform.Letters;

namespace CustomerCrm.Platform.Outbound.Sms;

/// <summary>For development: into the mailbox on disk.</summary>
internal sealed class MailboxSmsSender(DevMailbox mailbox) : ISmsSender
{
    public string Provider => "mailbox";

    public async Task<SendOutcome> SendAsync(SmsMessage message, CancellationToken ct)
    {
        await mailbox.AddAsync(new DeliveredLetter { Channel = MailboxChannel.Sms, To = message.To, Text = message.Body, DedupeId = message.DedupeId }, ct);
        return SendOutcome.Accepted(message.DedupeId);
    }

    public async Task<SendOutcome?> FindAsync(string to, DateTimeOffset sentAfter, string body, CancellationToken ct) =>
        (await mailbox.ReadAsync(to, int.MaxValue, ct)).LastOrDefault(letter => letter.Channel == MailboxChannel.Sms && letter.Text == body && letter.DeliveredAt >= sentAfter) is { } found
            ? SendOutcome.Accepted(found.DedupeId)
            : null;
}
