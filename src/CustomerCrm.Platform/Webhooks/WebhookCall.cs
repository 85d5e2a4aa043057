using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Outbound.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>One attempt: makes the body, signs it for this moment, sends it, and says what came back. It never throws but when the program stops.</summary>
internal sealed class WebhookCall(GuardedHttp http, SecretBox secrets, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookCall> log)
{
    private const int KeptOfAnswer = 512;

    public async Task<WebhookAttempt> SendAsync(WebhookLease lease, CalledEndpoint endpoint, DueDelivery delivery, CancellationToken ct)
    {
        var (startedAt, started) = (clock.GetUtcNow(), Stopwatch.GetTimestamp());
        var traceId = delivery.TraceId ?? ActivityTraceId.CreateRandom().ToHexString();
        try
        {
            if (BodyOf(endpoint, delivery) is not { } body) return Failed("event_expired");
            using var request = RequestOf(lease, endpoint, delivery, body, startedAt, traceId);
            var answer = await http.SendAsync(request, KeptOfAnswer, options.Value.Timeout, ct);
            var attempt = Failed(null) with { Status = answer.Status, Answer = TextOf(answer.Start), RetryAfter = WaitOf(answer.RetryAfter, startedAt) };
            Telemetry.WebhookSent(attempt.IsDelivered ? "delivered" : "refused", attempt.Took);
            return attempt;
        }
        catch (WebCallException e)
        {
            Telemetry.WebhookSent("unanswered", Stopwatch.GetElapsedTime(started));
            return Failed(e.Code);
        }
        catch (CryptographicException)
        {
            return Failed("secret_unreadable"); // Secrets:Key was replaced without keeping the former one
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("Delivery {DeliveryId} cannot be sent: {Trace}", Id<Delivery>.FromBytes(delivery.Id), SafeTrace.Of(e));
            return Failed("not_sendable"); // a bug of ours: it is given up aloud, and keeps no other delivery waiting
        }

        WebhookAttempt Failed(string? error) => new() { Delivery = delivery, StartedAt = startedAt, Took = Stopwatch.GetElapsedTime(started), Error = error, TraceId = traceId };
    }

    private static byte[]? BodyOf(CalledEndpoint endpoint, DueDelivery delivery) => (delivery.Data ?? delivery.TestData) is not { } data ? null : WebhookBody.Write(WebhookBody.MessageOf(
        Id<Event>.FromBytes(delivery.EventId).ToString(), delivery.EventType, delivery.OccurredAt ?? delivery.CreatedAt, delivery.EventSeq ?? 0, data, endpoint.Payload));

    private HttpRequestMessage RequestOf(WebhookLease lease, CalledEndpoint endpoint, DueDelivery delivery, byte[] body, DateTimeOffset now, string traceId)
    {
        string Open(byte[] box, string what) => secrets.Open(box, WebhookSecret.PlaceOf(lease.TenantId, lease.Key, what));
        var keys = new List<string> { Open(endpoint.SecretSealed, "secret") };
        if (endpoint.FormerSecretSealed is { } former && endpoint.FormerSecretEndsAt > now) keys.Add(Open(former, "secret"));

        var (id, timestamp) = (Id<Event>.FromBytes(delivery.EventId).ToString(), now.ToUnixTimeSeconds());
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, Open(endpoint.UrlSealed, "url")) { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(keys, id, timestamp, body));
        request.Headers.Add("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CustomerCrm-Webhooks", "1.0"));
        return request;
    }

    private static TimeSpan? WaitOf(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        (header?.Delta ?? header?.Date - now) is { } wait && wait > TimeSpan.Zero ? wait : null;

    // Somebody else's bytes: shown as plain text, with nothing in it that a terminal or a page could act on.
    private static string? TextOf(byte[] start) =>
        start.Length == 0 ? null : string.Concat(Encoding.UTF8.GetString(start).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
}
