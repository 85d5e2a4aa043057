using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Outbound;

/// <summary>
/// Settings <c>Outbound</c>: where providers are, the installation's own accounts for tenants that bring none, and how patient we are. The
/// installation's mail server is under <c>Smtp</c>, as for its letters.
/// </summary>
public sealed class ProviderOptions
{
    [ValidateObjectMembers] public SendGridOptions SendGrid { get; init; } = new();
    [ValidateObjectMembers] public TwilioOptions Twilio { get; init; } = new();
    [ValidateObjectMembers] public SendTimes Sending { get; init; } = new();
}

/// <summary>Settings <c>Outbound:SendGrid</c>.</summary>
public sealed class SendGridOptions
{
    /// <summary>Any provider that speaks SendGrid's API. Tenants cannot change it.</summary>
    [Required, Url] public string BaseUrl { get; init; } = "https://api.sendgrid.com";

    public string? ApiKey { get; init; }

    /// <summary>The sender of e-mails through the installation's account.</summary>
    [EmailAddress] public string? From { get; init; }

    /// <summary>
    /// The verification key of the installation's event webhook, as SendGrid shows it, to be sent to <c>/callbacks/sendgrid/events</c>. Without it the events of
    /// the installation's account are believed by nobody.
    /// </summary>
    public string? EventWebhookPublicKey { get; init; }
}

/// <summary>Settings <c>Outbound:Twilio</c>.</summary>
public sealed class TwilioOptions
{
    /// <summary>Tenants cannot change it.</summary>
    [Required, Url] public string BaseUrl { get; init; } = "https://api.twilio.com";

    public string? AccountSid { get; init; }
    public string? AuthToken { get; init; }

    /// <summary>The sender of text messages through the installation's account.</summary>
    public string? From { get; init; }

    public string? MessagingServiceSid { get; init; }
}

/// <summary>Settings <c>Outbound:Sending</c>: for each tenant and provider.</summary>
public sealed class SendTimes
{
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")] public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For all attempts and the waiting between them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")] public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often one message is tried again while it is certain that nothing was sent.</summary>
    [Range(1, 10)] public int Retries { get; init; } = 2;

    /// <summary>A <c>Retry-After</c> up to this is waited for; a longer one is handed to whoever asked.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many messages are under way at once; as many again times ten may wait.</summary>
    [Range(1, 1000)] public int Concurrency { get; init; } = 8;

    /// <summary>So many attempts within half a minute, half of them failed, and the provider is left alone.</summary>
    [Range(2, 1000)] public int BreakAfter { get; init; } = 10;

    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")] public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(30);
}
