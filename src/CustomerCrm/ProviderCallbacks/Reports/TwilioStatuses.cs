using System.Globalization;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>Twilio's status callback in our words. Pure; what tells nothing that we keep is null.</summary>
internal static class TwilioStatuses
{
    // An unknown handset, a landline: no text message will ever arrive there.
    private static readonly string[] permanent = ["30005", "30006"];

    public static ProviderReport? Read(IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        if (parameters.GetValueOrDefault("MessageSid") is not { Length: > 0 and <= 40 } sid || KindOf(parameters.GetValueOrDefault("MessageStatus")) is not { } kind) return null;
        var code = parameters.GetValueOrDefault("ErrorCode") is { Length: > 0 } error && int.TryParse(error, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? error : null;
        return new ProviderReport
        {
            Provider = "twilio",
            ReceiptKey = $"twilio:{sid}:{parameters["MessageStatus"]}",
            Kind = kind == ReportKind.Failed && permanent.Contains(code) ? ReportKind.Bounced : kind,
            Channel = MessageChannel.Sms,
            Address = parameters.GetValueOrDefault("To"),
            ProviderMessageId = sid,
            IsPermanent = permanent.Contains(code),
            OccurredAt = now, // it does not say when
            Code = code is null ? null : $"twilio_{code}",
        };
    }

    private static ReportKind? KindOf(string? status) => status switch
    {
        "delivered" or "read" => ReportKind.Delivered,
        "sent" => ReportKind.Sent,
        "undelivered" or "failed" => ReportKind.Failed,
        _ => null, // queued, sending: we know
    };
}
