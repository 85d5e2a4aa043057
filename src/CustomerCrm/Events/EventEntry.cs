using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Events;

/// <summary>One change, as it was when it happened. Events never change.</summary>
public sealed record EventEntry : IVersioned
{
    public required Id<Event> Id { get; init; }

    /// <summary><c>resource.action</c>, in the past tense.</summary>
    public required string Type { get; init; }

    /// <summary>The customer it is about, if it is about one.</summary>
    public Id<Customer>? CustomerId { get; init; }

    /// <summary>It came with <c>Crm-Quiet: true</c>: history being loaded, which starts nothing.</summary>
    public required bool IsQuiet { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Of the request that made the change: the 32 hex digits of its trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>The firing of the rule whose effect it is; null where somebody asked for the change.</summary>
    public string? CausedBy { get; init; }

    /// <summary>The resource as the API showed it then.</summary>
    public required JsonElement Data { get; init; }

    [JsonIgnore]
    public int Revision => 1;
}

/// <summary>As it is stored.</summary>
public sealed record StoredEvent
{
    public required long Seq { get; init; }
    public required Id<Event> Id { get; init; }
    public required string Type { get; init; }
    public required Id<Customer>? CustomerId { get; init; }
    public required bool IsQuiet { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required string? TraceId { get; init; }
    public required string? CauseId { get; init; }
    public required string Data { get; init; }

    public EventEntry ToEntry() => new()
    {
        Id = Id, Type = Type, CustomerId = CustomerId, IsQuiet = IsQuiet, OccurredAt = OccurredAt, TraceId = TraceId, CausedBy = CauseId,
        Data = JsonElement.Parse(Data),
    };
}
