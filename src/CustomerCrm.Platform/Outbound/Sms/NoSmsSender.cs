namespace CustomerCrm.Platform.Outbound.Sms;

/// <summary>Nobody has said through whom to send.</summary>
internal sealed class NoSmsSender : ISmsSender
{
    public string Provider => "none";

    public Task<SendOutcome> SendAsync(SmsMessage message, CancellationToken ct) => Task.FromResult(SendOutcome.NotSent("provider_not_configured"));

    public Task<SendOutcome?> FindAsync(string to, DateTimeOffset sentAfter, string body, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);
}
