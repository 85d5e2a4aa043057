using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.ProviderCallbacks.Signatures;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CustomerCrm.ProviderCallbacks;

/// <summary>Lets a provider in: by the token in its address, within limits, and by its signature. Until all of that is right nothing is stored.</summary>
internal sealed class CallbackDoor(
    CallbackAddresses addresses, ProviderSecrets secrets, OutsideLimits limits, TenantDb db, Caller caller, CurrentTenant tenant, IOptions<ProviderOptions> installation, TimeProvider clock)
{
    public const int MostOfForm = 256 << 10, MostOfEvents = 2 << 20, MostOfMail = 10 << 20;

    /// <exception cref="ApiProblem">404: the token opens nothing of this kind. 429: too much.</exception>
    public async Task<Provider> OpenAsync(HttpContext http, CancellationToken ct, params ProviderKind[] kinds)
    {
        if (MaskedPaths.TokenOf(http) is not { } token || addresses.Read(token) is not { } providerId)
        {
            limits.Refuse(http);
            throw ApiProblem.NotFound("resource");
        }
        var isShared = providerId == CallbackAddresses.Installation;
        limits.Admit(http, isShared ? new Guid(tenant.Id, 0, 0, new byte[8]) : providerId.Value);
        var provider = isShared ? SharedTwilio(kinds) : await db.FindAsync<Provider>(Provider.ById, new { ProviderId = providerId }, ct);
        if (provider is null || !kinds.Contains(provider.Kind)) throw ApiProblem.NotFound("resource"); // disconnected
        caller.ActAs(new Actor(ActorKind.Job, null, StrictJson.NameOf(provider.Kind)));
        return provider;
    }

    /// <summary>The parameters that Twilio sent and signed.</summary>
    /// <exception cref="ApiProblem">403: the signature is missing or wrong. 413: too long.</exception>
    public async Task<IReadOnlyDictionary<string, string>> TwilioAsync(HttpContext http, Provider provider, string path, CancellationToken ct)
    {
        var body = await ReadAsync(http, MostOfForm, ct);
        var parameters = QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body)).SelectMany(p => p.Value.Distinct().Select(value => KeyValuePair.Create(p.Key, value ?? ""))).ToList();
        var url = addresses.UrlOf(path, provider.Id) + http.Request.QueryString.Value;
        if (!TwilioSignature.IsRight(http.Request.Headers[TwilioSignature.Header], url, parameters, await TwilioTokenAsync(provider, ct))) throw Unsigned();
        return parameters.GroupBy(p => p.Key).ToDictionary(p => p.Key, p => p.First().Value);
    }

    /// <summary>The events that SendGrid sent and signed.</summary>
    /// <exception cref="ApiProblem">403: the signature is missing or wrong, or there is no key to check it. 413: too long.</exception>
    public async Task<byte[]> SendGridAsync(HttpContext http, Provider provider, CancellationToken ct)
    {
        var (body, headers) = (await ReadAsync(http, MostOfEvents, ct), http.Request.Headers);
        if (provider.EventWebhookPublicKey is not { } key
            || !SendGridSignature.IsRight(key, headers[SendGridSignature.Header], headers[SendGridSignature.TimestampHeader], body, clock.GetUtcNow())) throw Unsigned();
        return body;
    }

    /// <summary>The events of the installation's own account.</summary>
    /// <exception cref="ApiProblem">403: the signature is missing or wrong, or there is no key to check it. 413: too long. 429: too many wrong ones.</exception>
    public async Task<byte[]> InstallationEventsAsync(HttpContext http, CancellationToken ct)
    {
        var (body, headers) = (await ReadAsync(http, MostOfEvents, ct), http.Request.Headers);
        if (installation.Value.SendGrid.EventWebhookPublicKey is { } key
            && SendGridSignature.IsRight(key, headers[SendGridSignature.Header], headers[SendGridSignature.TimestampHeader], body, clock.GetUtcNow())) return body;
        limits.Refuse(http);
        throw Unsigned();
    }

    // It tells what became of messages and nothing else: what customers write to a number of many tenants is nobody's in particular.
    private Provider? SharedTwilio(ProviderKind[] kinds) => kinds is not [ProviderKind.Twilio] || installation.Value.Twilio.AuthToken is null ? null : new Provider
    {
        Id = CallbackAddresses.Installation, Channel = MessageChannel.Sms, Kind = ProviderKind.Twilio, AnswersKeywords = true, HasSecret = true, Revision = 1, CreatedAt = default, UpdatedAt = default,
    };

    private async Task<string> TwilioTokenAsync(Provider provider, CancellationToken ct) =>
        provider.Id == CallbackAddresses.Installation ? installation.Value.Twilio.AuthToken! : (await secrets.OpenAsync(provider.Id, ct))!;

    /// <exception cref="ApiProblem">413: too long.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext http, int most, CancellationToken ct)
    {
        if (http.Request.ContentLength > most) throw TooLong();
        using var kept = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await http.Request.Body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (kept.Length + read > most) throw TooLong();
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    private static ApiProblem Unsigned() => ApiProblem.Forbidden("signature_invalid", "The signature is missing or wrong.");

    private static ApiProblem TooLong() => ApiProblem.Other(413, "body_too_large", "The body is larger than this route takes.");
}
