using CustomerCrm.Platform.Outbound.Pipeline;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Outbound;

/// <summary>
/// Through whom the current tenant sends: its own provider, else the installation's, else in Development the mailbox on disk, else
/// nobody (every message answers <c>provider_not_configured</c>).
/// </summary>
public sealed class Senders
{
    private readonly CurrentTenant tenant;
    private readonly IProviderAccounts? accounts;
    private readonly InstallationAccounts installation;
    private readonly SenderMaker make;
    private readonly OutboundPipelines pipelines;

    internal Senders(CurrentTenant tenant, IProviderAccounts? accounts, InstallationAccounts installation, SenderMaker make, OutboundPipelines pipelines) =>
        (this.tenant, this.accounts, this.installation, this.make, this.pipelines) = (tenant, accounts, installation, make, pipelines);

    public async ValueTask<IEmailSender> EmailAsync(CancellationToken ct)
    {
        var own = accounts is null ? null : await accounts.EmailAsync(ct);
        return make.Email(own ?? (installation.Email is SendGridAccount shared ? shared with { EventToken = accounts?.InstallationToken } : installation.Email), provider => pipelines.Of(tenant.Id, provider));
    }

    public async ValueTask<ISmsSender> SmsAsync(CancellationToken ct)
    {
        var own = accounts is null ? null : await accounts.SmsAsync(ct);
        return make.Sms(own ?? (installation.Sms is TwilioAccount shared ? shared with { StatusCallback = accounts?.InstallationStatusUrl } : installation.Sms), provider => pipelines.Of(tenant.Id, provider));
    }
}
