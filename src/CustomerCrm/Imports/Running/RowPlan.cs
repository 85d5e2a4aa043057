using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Imports.Running;

/// <summary>What is to become of one row, and, once it is written, what became of it.</summary>
internal class RowPlan(FileRow row)
{
    public FileRow Row { get; } = row;
    public ImportOutcome Outcome { get; set; } = ImportOutcome.Invalid;

    /// <summary>Why it is skipped or in conflict.</summary>
    public string? Reason { get; set; }

    /// <summary>The customer, order or interaction.</summary>
    public byte[]? ResourceId { get; set; }

    public IReadOnlyList<FieldChange> Changes { get; set; } = [];
    public List<RowError> Errors { get; } = [];

    /// <summary>What it is about: what it is recognised by, and whoever it was recognised as.</summary>
    public virtual IEnumerable<object> Names => [];

    /// <summary>No row shortly before names the same, so it can be written without another look.</summary>
    public bool IsCertain { get; set; }

    /// <summary>Of a row that would be created: everything it says.</summary>
    public virtual IReadOnlyList<FieldChange> WhatIsCreated() => [];

    /// <summary>Of a row that created something: what has to be known of it to take it back.</summary>
    public virtual IReadOnlyList<FieldChange> WhatUndoNeeds() => [];

    /// <summary>When what was written says it was changed: if it says another time later, somebody touched it.</summary>
    public DateTimeOffset? WrittenAt { get; set; }
}

/// <summary>What becomes of a row. The numbers are stored.</summary>
public enum ImportOutcome
{
    Create = 1,
    Update = 2,
    Skip = 3,

    /// <summary>Its identities are several customers'.</summary>
    Conflict = 4,

    /// <summary>Its errors say why.</summary>
    Invalid = 5,
}

/// <summary>A field that a row sets: what it was, and what it is to be.</summary>
public sealed record FieldChange
{
    /// <summary>The field; an identity is called by its kind and source: <c>external_id:shop</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Null where it was empty; and of an order that moves, for a customer whom the run would only make.</summary>
    public string? From { get; init; }

    /// <summary>Null where it is cleared; and of an order that moves, for a customer whom the run would only make.</summary>
    public string? To { get; init; }
}
