using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Imports;

/// <summary>A file that becomes customers, orders, interactions or consents, from upload to undo.</summary>
public sealed record Import : IHasId, IVersioned
{
    public static string Prefix => "imp";

    public required Id<Import> Id { get; init; }
    public required ImportResource Resource { get; init; }
    public required string FileName { get; init; }
    public required long Bytes { get; init; }

    /// <summary>How many rows the file has, the header not counted.</summary>
    public required int Rows { get; init; }

    public required FileFormat Format { get; init; }

    /// <summary>What the file has, with values from its first rows.</summary>
    public required IReadOnlyList<FileColumn> Columns { get; init; }

    /// <summary>What becomes of the columns. Those that are not named are left out.</summary>
    public required IReadOnlyList<ColumnMapping> Mapping { get; init; }

    public required MatchPolicy OnMatch { get; init; }

    /// <summary>History being loaded: webhooks, automations and messages stay silent.</summary>
    [JsonPropertyName("quiet")] public required bool IsQuiet { get; init; }

    /// <summary>Whether an empty cell clears the field of somebody who is known already; else it says nothing.</summary>
    public required bool ClearsWithBlank { get; init; }

    public required ImportStatus Status { get; init; }

    /// <summary>How many rows the phase that goes on is done with.</summary>
    public required int Position { get; init; }

    /// <summary>What the last dry run found; null before it.</summary>
    public ImportTally? DryRun { get; init; }

    /// <summary>What the run did so far; null before it.</summary>
    public ImportTally? Run { get; init; }

    /// <summary>What undo did so far; null before it.</summary>
    public UndoTally? Undo { get; init; }

    /// <summary>Why it failed; null unless it did. `gave_up`: a fault of ours that came again on every attempt. What was done is kept and can be gone on with.</summary>
    [StringLength(50)] public string? FailureCode { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string FormatText { init => Format = JsonSerializer.Deserialize<FileFormat>(value, StrictJson.Options)!; }
    internal string ColumnsText { init => Columns = JsonSerializer.Deserialize<FileColumn[]>(value, StrictJson.Options)!; }
    internal string MappingText { init => Mapping = JsonSerializer.Deserialize<ColumnMapping[]>(value, StrictJson.Options)!; }
    internal string? DryRunText { init => DryRun = value is null ? null : JsonSerializer.Deserialize<ImportTally>(value, StrictJson.Options); }
    internal string? RunText { init => Run = value is null ? null : JsonSerializer.Deserialize<ImportTally>(value, StrictJson.Options); }
    internal string? UndoText { init => Undo = value is null ? null : JsonSerializer.Deserialize<UndoTally>(value, StrictJson.Options); }

    /// <summary>What the file is called where files are kept.</summary>
    [JsonIgnore] internal string StoredAs => StoredName(Id);

    internal static string StoredName(Id<Import> id) => $"{id}.import";
}

/// <summary>What the rows of a file are. The numbers are stored.</summary>
public enum ImportResource
{
    Customers = 1,
    Interactions = 2,
    Orders = 3,

    /// <summary>Entries of the ledger of consents. They are never taken back: undo keeps them.</summary>
    Consents = 4,
}

/// <summary>What happens to a row whose customer or order is known already. An interaction or a consent that is known is left out in any case.</summary>
public enum MatchPolicy
{
    /// <summary>Its fields change what is known, and identities that are nobody's are added.</summary>
    Update = 1,

    /// <summary>It is left out.</summary>
    Skip = 2,
}

/// <summary>Where an import is. The numbers are stored.</summary>
public enum ImportStatus
{
    /// <summary>Uploaded; the mapping can be changed.</summary>
    Ready = 1,

    /// <summary>The dry run goes on.</summary>
    Checking = 2,

    /// <summary>The dry run is done; the mapping can still be changed.</summary>
    Checked = 3,

    /// <summary>Rows are being written.</summary>
    Running = 4,

    Finished = 5,

    /// <summary>Stopped by hand. What was written stays; it can be run on from there, or undone.</summary>
    Cancelled = 6,

    /// <summary>Stopped by what `failure_code` says.</summary>
    Failed = 7,

    /// <summary>What was written is being taken back.</summary>
    Undoing = 8,

    Undone = 9,
}
