using System.Text.Json;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Something that came in, and what became of it. Kept for 30 days.</summary>
public record HookDelivery : IHasId
{
    public static string Prefix => "hkd";

    public required Id<HookDelivery> Id { get; init; }

    /// <summary>What a storefront calls the kind of news: <c>orders/create</c>. Null for a hook.</summary>
    public string? Topic { get; init; }

    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>What was written.</summary>
    public IReadOnlyList<Written> Results => ResultsText is null ? [] : JsonSerializer.Deserialize<Written[]>(ResultsText, StrictJson.Options)!;

    /// <summary>Why it was refused.</summary>
    public IReadOnlyList<DeliveryError> Errors => ErrorsText is null ? [] : JsonSerializer.Deserialize<DeliveryError[]>(ErrorsText, StrictJson.Options)!;

    /// <summary>Which version of the mapping was used last; null for a storefront.</summary>
    public int? MappingVersion { get; init; }

    /// <summary>Of one that waits: for what it does.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Bytes of the body.</summary>
    public required int BodyBytes { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it came to its outcome.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    internal string? ResultsText { get; init; }
    internal string? ErrorsText { get; init; }
    internal int ReceiverKind { get; init; }
    internal byte[] ReceiverId { get; init; } = [];
    internal string? HeadersText { get; init; }
    internal int Attempts { get; init; }

    internal const string Columns = "d.Id, d.ReceiverKind, d.ReceiverId, d.Topic, d.Outcome, d.ResultsText, d.ErrorsText, d.MappingVersion, d.WaitsFor, d.BodyBytes, d.HeadersText, d.Attempts, d.ReceivedAt, d.SettledAt";

    internal static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Columns}
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceiverId = @ReceiverId
        """);

    internal static readonly ListOf<HookDelivery> List = ListOf<HookDelivery>.From(Matching, "d.Id", delivery => delivery.Id.ToBytes())
        .SortedBy("received_at", "d.ReceivedAt", delivery => delivery.ReceivedAt, isDescending: true)
        .FilteredBy("outcome", "d.Outcome", FilterType.OneOf<DeliveryOutcome>(), Operators.Equal | Operators.In)
        .FilteredBy("topic", "d.Topic", FilterType.Text(100, "orders/create"), Operators.Equal)
        .FilteredBy("received_at", "d.ReceivedAt", FilterType.Time, Operators.Range);

    /// <exception cref="ApiProblem">404: there is none, or it is another receiver's.</exception>
    internal static async Task<Shown> FindAsync(Guid receiver, Id<HookDelivery> deliveryId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Shown>(ById, new { ReceiverId = receiver.ToByteArray(bigEndian: true), DeliveryId = deliveryId }, ct) ?? throw ApiProblem.NotFound("delivery");

    private static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {Columns}, d.Body
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceiverId = @ReceiverId
          AND d.Id = @DeliveryId
        """);

    /// <summary>A delivery with what was sent.</summary>
    public sealed record Shown : HookDelivery
    {
        /// <summary>The body as it came; null once a customer whom it is about has been purged.</summary>
        public string? Body { get; init; }
    }
}

/// <summary>What became of a delivery. The numbers are stored.</summary>
public enum DeliveryOutcome
{
    /// <summary>It is kept, and will be applied in a moment.</summary>
    Received = 1,

    /// <summary>All of it is written.</summary>
    Applied = 2,

    /// <summary>Nothing of it is written; it can be replayed once the mapping is mended.</summary>
    Refused = 3,

    /// <summary>No target is for it, or the storefront's news is of a kind that changes nothing here.</summary>
    Ignored = 4,

    /// <summary>It came before what it is about, and is applied when that comes.</summary>
    Waiting = 5,
}
