using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>What an endpoint is sent: the same bytes at every attempt, under 20 kB.</summary>
public static partial class WebhookBody
{
    /// <summary>Standard Webhooks asks for less than 20 kB; receivers may refuse more.</summary>
    public const int MostBytes = 20_000;

    /// <param name="id">Of the event, as the API writes it.</param>
    /// <param name="type"><c>order.paid</c>.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="sequence">Its place in the tenant's feed: of two events about one resource, the later has the higher number.</param>
    /// <param name="data">The resource as the API showed it: JSON.</param>
    /// <param name="payload">How much of it to send.</param>
    public static WebhookMessage MessageOf(string id, string type, DateTimeOffset occurredAt, long sequence, string data, PayloadKind payload)
    {
        var full = new WebhookMessage { Id = id, Type = type, Timestamp = occurredAt, Sequence = sequence, Payload = PayloadKind.Full, IsTooLarge = false, Data = JsonElement.Parse(data) };
        var isTooLarge = payload == PayloadKind.Full && Write(full).Length >= MostBytes;
        return payload == PayloadKind.Full && !isTooLarge ? full : full with { Payload = PayloadKind.Thin, IsTooLarge = isTooLarge, Data = ThinOf(full.Data) };
    }

    public static byte[] Write(WebhookMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, StrictJson.Options);

    /// <summary>The ids at the top of a resource: what to ask the API for.</summary>
    private static JsonElement ThinOf(JsonElement data)
    {
        var ids = data.ValueKind == JsonValueKind.Object ? data.EnumerateObject().Where(IsId) : [];
        return JsonSerializer.SerializeToElement(ids.ToDictionary(member => member.Name, member => member.Value), StrictJson.Options);
    }

    private static bool IsId(JsonProperty member) =>
        (member.Name == "id" || member.Name.EndsWith("_id", StringComparison.Ordinal))
        && member.Value.ValueKind == JsonValueKind.String && OurId().IsMatch(member.Value.GetString()!);

    [GeneratedRegex("^[a-z]{2,8}_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    private static partial Regex OurId();
}
