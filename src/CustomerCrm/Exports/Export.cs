using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments;

namespace CustomerCrm.Exports;

/// <summary>A list, or a segment's members, as a file.</summary>
public sealed record Export : IHasId, IVersioned
{
    public static string Prefix => "exp";

    public required Id<Export> Id { get; init; }

    /// <summary>Which list: <c>customers</c>.</summary>
    [StringLength(50)] public required string List { get; init; }

    /// <summary>Whose members; null for the other lists.</summary>
    public Id<Segment>? SegmentId { get; init; }

    /// <summary>Filters and order, as they would stand in the list's address.</summary>
    [StringLength(4000)] public required string Query { get; init; }

    public required ExportFormat Format { get; init; }
    public required ExportStatus Status { get; init; }

    /// <summary>How many rows are written so far.</summary>
    public required int Rows { get; init; }

    /// <summary>The size of the file; null until it is finished.</summary>
    public long? Bytes { get; init; }

    /// <summary>Why it failed; null unless it did. `gave_up`: a fault of ours that came again on every attempt. Ask for a new one.</summary>
    [StringLength(50)] public string? FailureCode { get; init; }

    /// <summary>Until when the file can be downloaded; null until it is finished.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What the file is called where files are kept.</summary>
    [JsonIgnore] internal string StoredAs => $"{Id}.export";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Export> FindAsync(Id<Export> id, TenantDb db, CancellationToken ct) => await LookAsync(id, db, ct) ?? throw ApiProblem.NotFound("export");

    /// <summary>Null if it was deleted.</summary>
    internal static Task<Export?> LookAsync(Id<Export> id, TenantDb db, CancellationToken ct) => db.FindAsync<Export>(ById, new { ExportId = id }, ct);

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT e.Id, e.List, e.SegmentId, e.Query, e.Format, e.Status, e.RowTotal AS Rows, e.Bytes, e.FailureCode, e.ExpiresAt, e.Revision, e.CreatedAt, e.UpdatedAt
        FROM Exports e
        WHERE e.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND e.Id = @ExportId");

    // Ids sort by the time they were made; so the key serves as the order's index.
    internal static readonly ListOf<Export> All = ListOf<Export>.From(Matching, "e.Id", export => export.Id.ToBytes())
        .SortedBy("created_at", "e.Id", export => export.Id, isDescending: true)
        .FilteredBy("status", "e.Status", FilterType.OneOf<ExportStatus>(), Operators.Equal);
}

/// <summary>How the file is written. The numbers are stored.</summary>
public enum ExportFormat
{
    /// <summary>With a header; what a spreadsheet would run as a formula begins with an apostrophe.</summary>
    Csv = 1,

    /// <summary>A JSON object on each line, as the list shows it.</summary>
    JsonLines = 2,
}

/// <summary>Where an export is. The numbers are stored.</summary>
public enum ExportStatus
{
    Queued = 1,
    Running = 2,
    Finished = 3,
    Failed = 4,
}
