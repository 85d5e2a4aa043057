using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Providers;

/// <summary>
/// Where a provider calls back: the address holds a signed token of the account, which nobody can guess and which ends with the account.
/// Whoever answers there maps these paths.
/// </summary>
public sealed class CallbackAddresses(SignedLinks links, IOptions<PublicOptions> options)
{
    public const string Group = "/callbacks", Status = "/callbacks/twilio/status", Sms = "/callbacks/twilio/inbound", Events = "/callbacks/sendgrid/events", Parsed = "/callbacks/email/parsed", Raw = "/callbacks/email/raw";

    private const string Use = "provider_callbacks";

    /// <summary>Stands for the installation's own account, through which tenants send that bring none.</summary>
    public static readonly Id<Provider> Installation;

    public string StatusUrl(Id<Provider> providerId) => Url(Status, providerId);

    /// <summary>Says whose a report of the installation's account is.</summary>
    public string InstallationToken => links.Write(Use, Installation.ToBytes());

    /// <summary>All that this kind of account can call.</summary>
    public CallbackUrls Of(Provider provider) => provider.Kind switch
    {
        ProviderKind.Twilio => new CallbackUrls { InboundSmsUrl = Url(Sms, provider.Id), StatusUrl = StatusUrl(provider.Id) },
        ProviderKind.SendGrid => new CallbackUrls { EventsUrl = Url(Events, provider.Id), InboundParseUrl = Url(Parsed, provider.Id), InboundRawUrl = Url(Raw, provider.Id) },
        _ => new CallbackUrls { InboundParseUrl = Url(Parsed, provider.Id), InboundRawUrl = Url(Raw, provider.Id) },
    };

    /// <summary>Whose token it is; from then on the request is its tenant's.</summary>
    /// <returns>Null: it was not made here.</returns>
    public Id<Provider>? Read(string token) => links.Read(Use, token, said => said.Length == 16) is { } said ? Id<Provider>.FromBytes(said) : null;

    /// <summary>The address of one of the paths, as the provider has it.</summary>
    public string UrlOf(string path, Id<Provider> providerId) => Url(path, providerId);

    private string Url(string path, Id<Provider> providerId) => $"{options.Value.BaseUrl.TrimEnd('/')}{path}/{links.Write(Use, providerId.ToBytes())}";
}

/// <summary>The addresses to set at the provider. Each holds a token: whoever knows it can write to you as the provider's customers do, so treat them like passwords.</summary>
public sealed record CallbackUrls
{
    /// <summary>SendGrid's event webhook, signed. Null for other kinds.</summary>
    public string? EventsUrl { get; init; }

    /// <summary>SendGrid's Inbound Parse, with or without "send raw". Null for text messages.</summary>
    public string? InboundParseUrl { get; init; }

    /// <summary>For a mail server that posts each e-mail as it is (<c>message/rfc822</c>). Null for text messages.</summary>
    public string? InboundRawUrl { get; init; }

    /// <summary>Twilio's "a message comes in". Null for e-mail.</summary>
    public string? InboundSmsUrl { get; init; }

    /// <summary>Twilio's status callback; it is named with each message, so it need not be set anywhere. Null for e-mail.</summary>
    public string? StatusUrl { get; init; }
}
