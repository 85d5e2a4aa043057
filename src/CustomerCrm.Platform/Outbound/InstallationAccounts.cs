using CustomerCrm.Platform.Letters;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Outbound;

/// <summary>What the operator has set, for tenants that bring no account of their own.</summary>
internal sealed class InstallationAccounts(IOptions<ProviderOptions> options, IOptions<SmtpOptions> smtp)
{
    public EmailAccount? Email { get; } = (options.Value.SendGrid, smtp.Value) switch
    {
        ({ ApiKey: { } key, From: { } from }, _) => new SendGridAccount { ApiKey = key, From = from },
        (_, { Host: { } host } server) => new SmtpAccount
        {
            Host = host,
            Port = server.Port,
            Security = !server.UseTls ? SmtpSecurity.None : server.Port == 465 ? SmtpSecurity.Tls : SmtpSecurity.StartTls,
            UserName = server.UserName,
            Password = server.Password,
            From = server.From!,
        },
        _ => null,
    };

    public SmsAccount? Sms { get; } = options.Value.Twilio is { AccountSid: { } sid, AuthToken: { } token } twilio
        ? new TwilioAccount { AccountSid = sid, AuthToken = token, From = twilio.From, MessagingServiceSid = twilio.MessagingServiceSid }
        : null;
}
