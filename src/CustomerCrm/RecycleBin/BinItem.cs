using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.RecycleBin;

/// <summary>Something that was deleted and can be restored. To everything else it does not exist.</summary>
public sealed record BinItem : IVersioned
{
    public required Id<RemovedRecord> Id { get; init; }
    public required BinKind Kind { get; init; }

    /// <summary>The id it had, and will have again.</summary>
    public required string RecordId { get; init; }

    /// <summary>The customer it is, or belonged to; null for a company or a product.</summary>
    public required Id<Customer>? CustomerId { get; init; }

    /// <summary>A name, an address, a number or a subject, to recognise it by.</summary>
    public string? Title { get; init; }

    /// <summary>How many of each resource went with it and will come back with it.</summary>
    public required IReadOnlyDictionary<string, int> Contents { get; init; }

    public required DateTimeOffset RemovedAt { get; init; }

    /// <summary>When it is purged: 90 days after it was deleted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required RemovedBy RemovedBy { get; init; }

    [JsonIgnore]
    public int Revision => 1;

    internal static BinItem Of(RemovedRecord record) => new()
    {
        Id = record.Id,
        Kind = Enum.Parse<BinKind>(record.Kind, ignoreCase: true),
        RecordId = record.RecordId,
        CustomerId = Id<Customer>.FromBytes(record.CustomerKey) is { Value: var id } customerId && id != Guid.Empty ? customerId : null,
        Title = record.Title,
        Contents = JsonSerializer.Deserialize<Dictionary<string, int>>(record.Contents)!,
        RemovedAt = record.RemovedAt,
        ExpiresAt = record.ExpiresAt,
        RemovedBy = new RemovedBy { Kind = record.ActorKind, Id = record.ActorId, Name = record.ActorName },
    };
}

/// <summary>What can be in the bin.</summary>
public enum BinKind
{
    Customer,
    Order,
    Interaction,
    Ticket,
    Company,
    Product,
    Conversation,
}

/// <summary>Who deleted it, as it was called then.</summary>
public sealed record RemovedBy
{
    public required ActorKind Kind { get; init; }

    /// <summary>Of the key, the person, the job or the import; null for the program's own work.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }
}
