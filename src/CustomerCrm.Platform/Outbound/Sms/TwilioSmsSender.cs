using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Outbound.Http;
using CustomerCrm.Platform.Outbound.Pipeline;

namespace CustomerCrm.Platform.Outbound.Sms;

/// <summary>
/// Through Twilio's API of 2010-04-01. It has no idempotency key, so an answer that is lost is not asked for again by sending: the message is
/// looked for among those that Twilio has.
/// </summary>
internal sealed partial class TwilioSmsSender(TwilioAccount account, string baseUrl, ProviderHttp http, OutboundPipeline pipeline) : ISmsSender
{
    public const string Name = "twilio";
    private static readonly TimeSpan clocksDiffer = TimeSpan.FromMinutes(2), lookUpLasts = TimeSpan.FromSeconds(15);

    private readonly Uri messages = new($"{baseUrl.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(account.AccountSid)}/Messages.json");
    private readonly AuthenticationHeaderValue authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{account.AuthToken}")));

    public string Provider => Name;

    public async Task<SendOutcome> SendAsync(SmsMessage message, CancellationToken ct)
    {
        var body = await FormOf(message).ReadAsByteArrayAsync(ct);
        return await pipeline.RunAsync(token => http.PostAsync(messages, new MarkedContent(body, "application/x-www-form-urlencoded"), authorization, Judge, token), ct);
    }

    public async Task<SendOutcome?> FindAsync(string to, DateTimeOffset sentAfter, string body, CancellationToken ct)
    {
        var from = sentAfter - clocksDiffer;
        var query = $"?To={Uri.EscapeDataString(to)}&DateSent%3E={from.UtcDateTime:yyyy-MM-dd}&PageSize=100";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(lookUpLasts);
        var answer = await http.GetAsync(new Uri(messages + query), authorization, patience.Token);
        ct.ThrowIfCancellationRequested();
        if (answer is not { Status: 200, Json: { ValueKind: JsonValueKind.Object } json } || !json.TryGetProperty("messages", out var found) || found.ValueKind != JsonValueKind.Array) return null;
        foreach (var one in found.EnumerateArray())
            if (IsIt(one, from, body) && IdOf(one) is { } id) return HasFailed(one) ? SendOutcome.Refused(CodeOf(one, "error_code") ?? "undelivered") with { ProviderMessageId = id } : SendOutcome.Accepted(id);
        return null;
    }

    internal static Attempt Judge(ProviderAnswer answer) => answer switch
    {
        { Status: 200 or 201, Json: { } json } when IdOf(json) is { } id => new(SendOutcome.Accepted(id), AttemptEnd.Answered),
        { Status: 200 or 201 } => new(SendOutcome.Unknown("answer_unreadable"), AttemptEnd.Lost), // it says yes, and not to what
        _ => SendClassification.OfStatus(answer.Status, answer.RetryAfter, answer.Json is { } json ? CodeOf(json, "code") : null),
    };

    private FormUrlEncodedContent FormOf(SmsMessage message)
    {
        var form = new Dictionary<string, string> { ["To"] = message.To, ["Body"] = message.Body };
        if ((message.From ?? account.From) is { } from) form["From"] = from;
        else if (account.MessagingServiceSid is { } service) form["MessagingServiceSid"] = service;
        if (account.StatusCallback is { } callback) form["StatusCallback"] = callback;
        return new FormUrlEncodedContent(form);
    }

    private static bool IsIt(JsonElement one, DateTimeOffset from, string body) =>
        JsonText.Of(one, "body") == body && JsonText.Of(one, "direction")?.StartsWith("outbound", StringComparison.Ordinal) == true
        && DateTimeOffset.TryParse(JsonText.Of(one, "date_created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) && created >= from;

    private static bool HasFailed(JsonElement one) => JsonText.Of(one, "status") is "failed" or "undelivered" or "canceled";

    private static string? IdOf(JsonElement one) => JsonText.Of(one, "sid") is { } sid && MessageSid().IsMatch(sid) ? sid : null;

    private static string? CodeOf(JsonElement one, string member) =>
        one.ValueKind == JsonValueKind.Object && one.TryGetProperty(member, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) && number > 0
            ? string.Create(CultureInfo.InvariantCulture, $"twilio_{number}")
            : null;

    [GeneratedRegex("^(SM|MM)[0-9a-fA-F]{32}$")]
    private static partial Regex MessageSid();
}
