using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.Outbound.Email;
using CustomerCrm.Platform.Outbound.Http;
using CustomerCrm.Platform.Outbound.Pipeline;
using CustomerCrm.Platform.Outbound.Sms;
using CustomerCrm.Platform.Outbound.Smtp;
using CustomerCrm.Platform.Outbound.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Outbound;

/// <summary>Who sends for an account, by its kind.</summary>
internal sealed class SenderMaker(IOptions<ProviderOptions> options, ProviderHttp http, GuardedConnector guarded, DevMailbox mailbox, IHostEnvironment environment, TimeProvider clock)
{
    private static readonly SmtpServer anywhere = new(SmtpServer.ConnectAnywhereAsync);

    public IEmailSender Email(EmailAccount? account, Func<string, OutboundPipeline> pipelineOf) => account switch
    {
        SendGridAccount sendGrid => new SendGridEmailSender(sendGrid, options.Value.SendGrid.BaseUrl, http, pipelineOf(SendGridEmailSender.Name)),
        SmtpAccount smtp => new SmtpEmailSender(smtp, smtp.IsOfTenant ? new SmtpServer(guarded.ConnectAsync) : anywhere, pipelineOf(SmtpEmailSender.Name), clock),
        _ => environment.IsDevelopment() ? new MailboxEmailSender(mailbox) : new NoEmailSender(),
    };

    public ISmsSender Sms(SmsAccount? account, Func<string, OutboundPipeline> pipelineOf) => account switch
    {
        TwilioAccount twilio => new TwilioSmsSender(twilio, options.Value.Twilio.BaseUrl, http, pipelineOf(TwilioSmsSender.Name)),
        _ => environment.IsDevelopment() ? new MailboxSmsSender(mailbox) : new NoSmsSender(),
    };
}
