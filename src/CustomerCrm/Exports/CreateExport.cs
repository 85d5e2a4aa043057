using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Exports;

/// <summary>POST /v1/exports: asks for a file, which a job writes.</summary>
public static class CreateExport
{
    private const int MostAtOnce = 2;

    public sealed record Request
    {
        /// <summary>Which list: <c>customers</c>, <c>companies</c>, <c>orders</c>, <c>interactions</c>, <c>survey_responses</c> or <c>segment_members</c>.</summary>
        /// <example>customers</example>
        [StringLength(50)] public required string List { get; init; }

        /// <summary>For <c>segment_members</c>: of which segment.</summary>
        public Id<Segment>? SegmentId { get; init; }

        /// <summary>Filters and order, as they would stand in the list's address: <c>filter[country][eq]=AT&amp;sort=-created_at</c>.</summary>
        /// <example>sort=-created_at</example>
        [StringLength(4000)] public string? Query { get; init; }

        public ExportFormat Format { get; init; } = ExportFormat.Csv;
    }

    /// <exception cref="ApiProblem">422: there is no such list, or it cannot be asked so. 409: two exports are at work already.</exception>
    internal static async Task<Accepted<Export>> Handle(
        Request request, IServiceProvider services, TenantDb db, Caller caller, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var source = ExportSource.All.FirstOrDefault(s => s.Name == request.List)
            ?? throw ApiProblem.Invalid("/list", "unknown_list", $"One of: {string.Join(", ", ExportSource.All.Select(s => s.Name))}.");
        source.Ask(caller);
        await CheckAsync(request, source, services, db, ct);

        var now = clock.GetUtcNow();
        var export = new Export
        {
            Id = Id<Export>.New(),
            List = source.Name,
            SegmentId = request.SegmentId,
            Query = request.Query ?? "",
            Format = request.Format,
            Status = ExportStatus.Queued,
            Rows = 0,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (await db.ExecuteAsync(Insert, new { export.Id, export.List, export.SegmentId, export.Query, export.Format, export.Status, Now = now, Most = MostAtOnce }, ct) == 0)
            throw ApiProblem.Conflict("too_many_exports", $"{MostAtOnce} exports are at work already. Wait until one is finished, or delete one.");
        await jobs.EnqueueAsync(new WriteExport(export.Id), ct);
        events.Record("export.requested", export);
        return TypedResults.Accepted($"/v1/exports/{export.Id}", export);
    }

    private static async Task CheckAsync(Request request, ExportSource source, IServiceProvider services, TenantDb db, CancellationToken ct)
    {
        if (source.Name == ExportSource.SegmentMembers != request.SegmentId is not null)
            throw ApiProblem.Invalid("/segment_id", "segment_needed", "segment_members needs a segment, and no other list takes one.");
        if (request.SegmentId is { } segmentId) await Segment.FindAsync(segmentId, db, ct);
        try
        {
            await source.TryAsync(request.Query ?? "", services, db, WriteExportJob.ArgsOf(request.SegmentId), ct);
        }
        catch (ApiProblem problem) when (problem.Status == StatusCodes.Status400BadRequest)
        {
            throw ApiProblem.Invalid("/query", problem.Errors is [var first, ..] ? first.Code : "invalid", problem.Errors is [var one, ..] ? $"{one.Pointer.TrimStart('?')}: {one.Detail}" : problem.Message);
        }
    }

    // Counted in the statement itself. On SQL Server two that come at the same moment may both be let in; the limit is one of manners.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Exports (TenantId, Id, List, SegmentId, Query, Format, Status, RowTotal, Revision, CreatedAt, UpdatedAt)
        SELECT t.TenantId, @Id, CAST(@List AS NVARCHAR(50)), @SegmentId, CAST(@Query AS NVARCHAR(4000)), @Format, @Status, 0, 1, @Now, @Now
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND (SELECT COUNT(*) FROM Exports e WHERE e.TenantId = @TenantId AND e.Status IN (1, 2)) < @Most
        """);
}
