namespace CustomerCrm.Platform.Outbound;

/// <summary>The accounts that the current tenant brings itself. The platform knows no feature: whoever keeps them answers here.</summary>
public interface IProviderAccounts
{
    /// <returns>Null: the tenant has none, and sends through the installation's.</returns>
    ValueTask<EmailAccount?> EmailAsync(CancellationToken ct);

    /// <returns>Null: the tenant has none, and sends through the installation's.</returns>
    ValueTask<SmsAccount?> SmsAsync(CancellationToken ct);

    /// <summary>A token of the current tenant, by which a report of the installation's account finds back to it.</summary>
    string InstallationToken { get; }

    /// <summary>Where Twilio tells what becomes of the current tenant's messages through the installation's account.</summary>
    string InstallationStatusUrl { get; }
}

/// <summary>Through whom e-mail is sent, with the secret that opens it.</summary>
public abstract record EmailAccount
{
    /// <summary>The sender of what names none.</summary>
    public required string From { get; init; }

    public string? FromName { get; init; }
}

/// <summary>A provider that speaks SendGrid's <c>POST /v3/mail/send</c>. Where it is, the operator says.</summary>
public sealed record SendGridAccount : EmailAccount
{
    public required string ApiKey { get; init; }

    /// <summary>Goes along with each message and comes back with each event; null: the address that events are sent to says whose they are.</summary>
    public string? EventToken { get; init; }
}

/// <summary>A mail server (RFC 5321).</summary>
public sealed record SmtpAccount : EmailAccount
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required SmtpSecurity Security { get; init; }
    public string? UserName { get; init; }
    public string? Password { get; init; }

    /// <summary>A tenant named the host, so it is connected to only where anybody on the Internet could.</summary>
    public bool IsOfTenant { get; init; }
}

/// <summary>The numbers are stored.</summary>
public enum SmtpSecurity
{
    /// <summary>In the clear: inside one's own network only.</summary>
    None = 0,

    /// <summary>In the clear until the server agrees to TLS; nothing is said before that. Ports 25, 587 and 2525.</summary>
    StartTls = 1,

    /// <summary>TLS from the first byte. Port 465.</summary>
    Tls = 2,
}

/// <summary>Through whom text messages are sent, with the secret that opens it.</summary>
public abstract record SmsAccount
{
    /// <summary>The sender of what names none: a number in E.164 or a name. Null where the provider chooses.</summary>
    public string? From { get; init; }
}

public sealed record TwilioAccount : SmsAccount
{
    public required string AccountSid { get; init; }
    public required string AuthToken { get; init; }

    /// <summary>A service that chooses the sender.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>Where Twilio tells what becomes of a message; null: nowhere.</summary>
    public string? StatusCallback { get; init; }
}
