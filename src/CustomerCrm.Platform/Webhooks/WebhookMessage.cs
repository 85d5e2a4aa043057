using System.Text.Json;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>What an endpoint is sent.</summary>
public sealed record WebhookMessage
{
    /// <summary>Of the event: the same at every attempt, in every replay and at every endpoint. Whoever remembers it does nothing twice.</summary>
    /// <example>evt_01jhmnpqrs6t7vwxyzabcdefgh</example>
    public required string Id { get; init; }

    /// <summary><c>resource.action</c>, in the past tense.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its place in the tenant's feed. Deliveries may come in any order: of two events about one resource, the later has the higher number. 0 for a test.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether <c>data</c> is the resource or its ids.</summary>
    public required PayloadKind Payload { get; init; }

    /// <summary>The whole would be 20 kB or more, so it is sent thin.</summary>
    public required bool IsTooLarge { get; init; }

    /// <summary>The resource as the API showed it then; thin, only the ids in it: <c>GET /v1/events/{id}</c> has the rest.</summary>
    public required JsonElement Data { get; init; }
}
