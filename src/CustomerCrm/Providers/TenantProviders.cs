using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Providers;

/// <summary>Hands the accounts of the current tenant to what sends.</summary>
internal sealed class TenantProviders(TenantDb db, ProviderSecrets secrets, CallbackAddresses callbacks) : IProviderAccounts
{
    public string InstallationToken => callbacks.InstallationToken;

    public string InstallationStatusUrl => callbacks.StatusUrl(CallbackAddresses.Installation);

    public async ValueTask<EmailAccount?> EmailAsync(CancellationToken ct)
    {
        if (await db.FindAsync<Provider>(Provider.ByChannel, new { Channel = MessageChannel.Email }, ct) is not { } provider) return null;
        var secret = await secrets.OpenAsync(provider.Id, ct);
        return provider.Kind == ProviderKind.SendGrid
            ? new SendGridAccount { ApiKey = secret!, From = provider.From!, FromName = provider.FromName }
            : new SmtpAccount
            {
                Host = provider.Host!,
                Port = provider.Port!.Value,
                Security = provider.Security!.Value,
                UserName = provider.UserName,
                Password = secret,
                From = provider.From!,
                FromName = provider.FromName,
                IsOfTenant = true,
            };
    }

    public async ValueTask<SmsAccount?> SmsAsync(CancellationToken ct)
    {
        if (await db.FindAsync<Provider>(Provider.ByChannel, new { Channel = MessageChannel.Sms }, ct) is not { } provider) return null;
        return new TwilioAccount
        {
            AccountSid = provider.AccountSid!,
            AuthToken = (await secrets.OpenAsync(provider.Id, ct))!,
            From = provider.From,
            MessagingServiceSid = provider.MessagingServiceSid,
            StatusCallback = callbacks.StatusUrl(provider.Id),
        };
    }
}
