using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Track;

/// <summary>Something that a customer did, or a visitor of whom it is not known yet who they are. It never changes, but for whose it is.</summary>
public sealed record TrackedEvent : IHasId, IVersioned
{
    public static string Prefix => "trk";

    /// <summary>What a statement reads of it.</summary>
    internal const string Columns = "e.Id, e.CustomerId, e.AnonymousId, e.Name, e.Properties AS PropertiesText, e.OccurredAt, e.Origin, e.UniqueId, e.ReceivedAt";

    public required Id<TrackedEvent> Id { get; init; }

    /// <summary>Null while nobody knows whose it is.</summary>
    public Id<Customer>? CustomerId { get; init; }

    /// <summary>What the visitor was called before.</summary>
    public string? AnonymousId { get; init; }

    public required string Name { get; init; }

    /// <summary>Whatever was told with it.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Properties
    {
        get => PropertiesText is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(PropertiesText, StrictJson.Options);
        init => PropertiesText = value is null ? null : JsonSerializer.Serialize(value, StrictJson.Options);
    }

    public required DateTimeOffset OccurredAt { get; init; }
    public required TrackOrigin Origin { get; init; }

    /// <summary>The sender's own id of it.</summary>
    public string? UniqueId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public int Revision => CustomerId is null ? 1 : 2;

    [JsonIgnore]
    internal string? PropertiesText { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<TrackedEvent> FindAsync(Id<TrackedEvent> trackedEventId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<TrackedEvent>(ById, new { Id = trackedEventId }, ct) ?? throw ApiProblem.NotFound("tracked event");

    private static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {Columns}
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.Id = @Id
        """);
}

/// <summary>Who told of it. The numbers are stored.</summary>
public enum TrackOrigin
{
    /// <summary>A program with a secret key.</summary>
    Server = 1,

    /// <summary>A page with a publishable key: anyone can send what it sends.</summary>
    Browser = 2,
}
