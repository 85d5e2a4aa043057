using CustomerCrm.Platform.Letters;

namespace CustomerCrm.Platform.Outbound.Email;

/// <summary>For development: into the mailbox on disk.</summary>
internal sealed class MailboxEmailSender(DevMailbox mailbox) : IEmailSender
{
    public string Provider => "mailbox";

    public async Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken ct)
    {
        await mailbox.AddAsync(new DeliveredLetter
        {
            Channel = MailboxChannel.Email,
            To = message.To,
            Subject = message.Subject,
            Text = message.Text,
            Html = message.Html,
            Headers = message.Headers.Count == 0 ? null : message.Headers,
            DedupeId = message.DedupeId,
        }, ct);
        return SendOutcome.Accepted(message.DedupeId);
    }
}
