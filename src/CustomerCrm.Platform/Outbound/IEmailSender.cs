namespace CustomerCrm.Platform.Outbound;

/// <summary>Sends e-mail for one tenant through one provider. It throws for nothing but a cancelled token: what went wrong is the outcome.</summary>
public interface IEmailSender
{
    /// <summary>Which provider: <c>sendgrid</c>, <c>smtp</c>, <c>mailbox</c>, <c>none</c>.</summary>
    string Provider { get; }

    /// <summary>Tries again by itself only while it is certain that nothing was sent, and for seconds only.</summary>
    Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken ct);
}
