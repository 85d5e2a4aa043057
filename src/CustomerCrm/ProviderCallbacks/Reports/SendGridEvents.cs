using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>SendGrid's events in our words. Pure; what is no event, or tells nothing that we keep, is left out.</summary>
internal static class SendGridEvents
{
    private const int Most = 10_000;

    public static IReadOnlyList<ProviderReport> Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind != JsonValueKind.Array ? [] : [.. document.RootElement.EnumerateArray().Take(Most).Select(Of).OfType<ProviderReport>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static ProviderReport? Of(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Object || Text(e, "sg_event_id") is not { } eventId || KindOf(e) is not { } kind) return null;
        return new ProviderReport
        {
            Provider = "sendgrid",
            ReceiptKey = $"sendgrid:{eventId}",
            Kind = kind,
            Channel = MessageChannel.Email,
            Address = Text(e, "email"),
            DedupeId = Text(e, "dedupe_id"),
            Token = Text(e, "crm_token"),
            ProviderMessageId = Text(e, "sg_message_id")?.Split(".filter")[0].Split(".recvd")[0], // it was called by what stands before, when it was taken
            IsPermanent = kind is ReportKind.Bounced && Text(e, "type") != "blocked" || kind is ReportKind.Complained,
            OccurredAt = TimeOf(e),
            Code = CodeOf(e, kind),
        };
    }

    private static ReportKind? KindOf(JsonElement e) => Text(e, "event") switch
    {
        "delivered" => ReportKind.Delivered,
        "bounce" => ReportKind.Bounced,
        "dropped" => ReportKind.Failed,
        "spamreport" => ReportKind.Complained,
        "open" => ReportKind.Opened,
        "click" => ReportKind.Clicked,
        "unsubscribe" or "group_unsubscribe" => ReportKind.Unsubscribed,
        _ => null, // processed, deferred, group_resubscribe
    };

    // 5.1.1, as RFC 3463 has it.
    private static string? CodeOf(JsonElement e, ReportKind kind) => kind switch
    {
        ReportKind.Bounced when Text(e, "status") is { Length: > 0 and <= 9 } status && status.All(c => char.IsAsciiDigit(c) || c == '.') => $"smtp_{status.Replace('.', '_')}",
        ReportKind.Bounced => "bounced",
        ReportKind.Failed => "dropped",
        _ => null,
    };

    private static DateTimeOffset TimeOf(JsonElement e) =>
        e.TryGetProperty("timestamp", out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.UnixEpoch;

    private static string? Text(JsonElement e, string name) => JsonText.Of(e, name) is { Length: > 0 and <= 300 } text ? text : null;
}
