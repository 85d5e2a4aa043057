using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;

namespace CustomerCrm.History;

/// <summary>One field that was changed.</summary>
public sealed record HistoryEntry
{
    public required Id<FieldChange> Id { get; init; }

    /// <summary>What was changed: the <c>customer</c> itself, or an <c>identity</c>, <c>order</c>, <c>interaction</c> or <c>ticket</c> of it; a <c>company</c> or a <c>product</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>Its id.</summary>
    public required string RecordId { get; init; }

    /// <summary>The revision that the change made.</summary>
    public required int Revision { get; init; }

    /// <summary>By its name in the resource.</summary>
    public required string Field { get; init; }

    /// <summary>What it was.</summary>
    public JsonElement? From { get; init; }

    /// <summary>What it became.</summary>
    public JsonElement? To { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
    public required ChangedBy ChangedBy { get; init; }
}

/// <summary>Who changed it, as it was called then.</summary>
public sealed record ChangedBy
{
    public required ActorKind Kind { get; init; }

    /// <summary>Of the key, the person, the job or the import; null for the program's own work.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }
}
