using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Records;

/// <summary>Something in the bin. It is gone for everyone, and nothing of it is left in any other table.</summary>
public sealed record RemovedRecord : IHasId
{
    public static string Prefix => "bin";

    /// <summary>What a statement reads of it.</summary>
    public const string Columns = "b.Id, b.Kind, b.RecordId, b.RecordKey, b.CustomerKey, b.Title, b.Contents, b.RemovedAt, b.ExpiresAt, b.ActorKind, b.ActorId, b.ActorName";

    public required Id<RemovedRecord> Id { get; init; }
    public required string Kind { get; init; }

    /// <summary>Its id as the API writes it.</summary>
    public required string RecordId { get; init; }

    public required byte[] RecordKey { get; init; }

    /// <summary>The customer it is, or is of; all zeros for what is no customer's.</summary>
    public required byte[] CustomerKey { get; init; }

    public required string? Title { get; init; }

    /// <summary>How many rows of which resources went with it, as JSON.</summary>
    public required string Contents { get; init; }

    public required DateTimeOffset RemovedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required ActorKind ActorKind { get; init; }
    public required string? ActorId { get; init; }
    public required string ActorName { get; init; }
}
