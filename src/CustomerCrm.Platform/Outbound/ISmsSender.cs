namespace CustomerCrm.Platform.Outbound;

/// <summary>Sends text messages for one tenant through one provider. It throws for nothing but a cancelled token: what went wrong is the outcome.</summary>
public interface ISmsSender
{
    /// <summary>Which provider: <c>twilio</c>, <c>mailbox</c>, <c>none</c>.</summary>
    string Provider { get; }

    /// <summary>Tries again by itself only while it is certain that nothing was sent, and for seconds only.</summary>
    Task<SendOutcome> SendAsync(SmsMessage message, CancellationToken ct);

    /// <summary>After an unknown outcome: asks the provider whether it has a message of this text to this number.</summary>
    /// <param name="to">E.164.</param>
    /// <param name="sentAfter">When the attempt began.</param>
    /// <param name="body">The text, exactly.</param>
    /// <returns>Accepted with the provider's id, or Refused where it failed there; null: the provider has no such message, or could not say.</returns>
    Task<SendOutcome?> FindAsync(string to, DateTimeOffset sentAfter, string body, CancellationToken ct);
}
