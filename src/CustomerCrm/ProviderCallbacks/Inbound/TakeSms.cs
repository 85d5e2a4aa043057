using System.Net;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>POST /callbacks/twilio/inbound/{token}: a customer wrote a text message. The answer is TwiML, in which a confirmation may stand.</summary>
internal static class TakeSms
{
    internal static async Task<ContentHttpResult> Handle(HttpContext http, CallbackDoor door, InboundDesk desk, KeywordDesk keywords, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var provider = await door.OpenAsync(http, ct, ProviderKind.Twilio);
        if (provider.Id == CallbackAddresses.Installation) throw ApiProblem.NotFound("resource");
        var parameters = await door.TwilioAsync(http, provider, CallbackAddresses.Sms, ct);
        string? confirmation = null;
        if (Of(parameters, clock.GetUtcNow()) is { } message)
        {
            await db.InTransactionAsync(async () =>
            {
                confirmation = await desk.TakeAsync(message, ct) is { } customerId ? await keywords.ObeyAsync(KeywordOf(parameters), message, customerId, provider, ct) : null;
            }, ct);
        }
        var said = confirmation is null ? "" : $"<Message>{WebUtility.HtmlEncode(confirmation)}</Message>";
        return TypedResults.Content($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{said}</Response>", "text/xml");
    }

    private static InboundMessage? Of(IReadOnlyDictionary<string, string> parameters, DateTimeOffset now) =>
        parameters.GetValueOrDefault("MessageSid") is not { Length: > 0 and <= 40 } sid || parameters.GetValueOrDefault("From") is not { Length: > 0 and <= 40 } from ? null : new InboundMessage
        {
            Channel = MessageChannel.Sms,
            From = from,
            Text = parameters.GetValueOrDefault("Body") ?? "",
            ExternalId = sid,
            Attachments = int.TryParse(parameters.GetValueOrDefault("NumMedia"), out var media) && media is > 0 and <= 10 ? [.. Enumerable.Repeat("media", media)] : [],
            Media = [.. MediaOf(parameters)],
            OccurredAt = now,
        };

    private static IEnumerable<InboundMedia> MediaOf(IReadOnlyDictionary<string, string> parameters)
    {
        for (var i = 0; i < 10; i++)
            if (parameters.GetValueOrDefault(FormattableString.Invariant($"MediaUrl{i}")) is { Length: > 0 and <= 2048 } url)
                yield return new InboundMedia(url, parameters.GetValueOrDefault(FormattableString.Invariant($"MediaContentType{i}")) is { Length: > 0 and <= 100 } type ? type : null);
    }

    // Where Twilio knows words of the tenant's own it says itself what they mean.
    private static SmsKeyword KeywordOf(IReadOnlyDictionary<string, string> parameters) => parameters.GetValueOrDefault("OptOutType") switch
    {
        "STOP" => SmsKeyword.Stop,
        "START" => SmsKeyword.Start,
        "HELP" => SmsKeyword.Help,
        _ => SmsKeywords.Of(parameters.GetValueOrDefault("Body")),
    };
}
