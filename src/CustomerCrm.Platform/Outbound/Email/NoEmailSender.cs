namespace CustomerCrm.Platform.Outbound.Email;

/// <summary>Nobody has said through whom to send.</summary>
internal sealed class NoEmailSender : IEmailSender
{
    public string Provider => "none";

    public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken ct) => Task.FromResult(SendOutcome.NotSent("provider_not_configured"));
}
