using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.Outbound.Email;
using CustomerCrm.Platform.Outbound.Sms;
using Microsoft.Extensions.Hosting;

namespace CustomerCrm.Platform.Outbound;

/// <summary>
/// Through whom the current tenant sends: its own provider, else the installation's, else in Development the mailbox on disk, else
/// nobody (every message answers <c>provider_not_configured</c>).
/// </summary>
public sealed class Senders
{
    private readonly DevMailbox mailbox;
    private readonly IHostEnvironment environment;

    internal Senders(DevMailbox mailbox, IHostEnvironment environment) => (this.mailbox, this.environment) = (mailbox, environment);

    public ValueTask<IEmailSender> EmailAsync(CancellationToken ct) => ValueTask.FromResult<IEmailSender>(environment.IsDevelopment() ? new MailboxEmailSender(mailbox) : new NoEmailSender());

    public ValueTask<ISmsSender> SmsAsync(CancellationToken ct) => ValueTask.FromResult<ISmsSender>(environment.IsDevelopment() ? new MailboxSmsSender(mailbox) : new NoSmsSender());
}
