using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Exports;

/// <summary>GET /v1/exports/{export_id}/file, with a key or by a signed link.</summary>
public static class DownloadExport
{
    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(15);

    /// <summary>An address that opens without a key, for a while.</summary>
    public sealed record Link
    {
        public required string Url { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    /// <param name="exportId">The export.</param>
    /// <param name="ticket">Instead of a key: what the signed link holds.</param>
    /// <param name="caller">Whose key it is; nobody's with a link, for which whoever made it was asked.</param>
    /// <param name="db">Reads the export.</param>
    /// <param name="files">Where the file is.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">403: the key may not read what is in it. 404: there is no such export. 409: it is not finished, or its file is gone.</exception>
    internal static async Task<IResult> Handle(
        [FromRoute(Name = "export_id")] Id<Export> exportId, string? ticket, Caller caller, TenantDb db, IFileStore files, TimeProvider clock, CancellationToken ct)
    {
        _ = ticket; // has done its work at the door
        var export = await FindFinishedAsync(exportId, caller, db, files, clock, ct);
        var (type, extension) = export.Format == ExportFormat.Csv ? ("text/csv", "csv") : ("application/x-ndjson", "jsonl");
        return TypedResults.Stream(files.Open(export.StoredAs), type, $"{export.List}-{export.CreatedAt:yyyy-MM-dd}.{extension}");
    }

    /// <summary>POST /v1/exports/{export_id}/link</summary>
    internal static async Task<Link> MakeLink(
        [FromRoute(Name = "export_id")] Id<Export> exportId, Caller caller, TenantDb db, IFileStore files, LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options, TimeProvider clock, CancellationToken ct)
    {
        await FindFinishedAsync(exportId, caller, db, files, clock, ct);
        var path = $"/v1/exports/{exportId}/file";
        var ticket = await tickets.MakeAsync(tenant, path, lasts, isForOnce: false, ct);
        return new Link { Url = $"{options.Value.BaseUrl}{path}?{LinkTickets.Parameter}={ticket.Text}", ExpiresAt = ticket.ExpiresAt };
    }

    private static async Task<Export> FindFinishedAsync(Id<Export> exportId, Caller caller, TenantDb db, IFileStore files, TimeProvider clock, CancellationToken ct)
    {
        var export = await Export.FindAsync(exportId, db, ct);
        if (!caller.IsAnonymous) ExportSource.All.FirstOrDefault(source => source.Name == export.List)?.Ask(caller);
        return export.Status == ExportStatus.Finished && export.ExpiresAt > clock.GetUtcNow() && files.Has(export.StoredAs)
            ? export
            : throw ApiProblem.Conflict("export_not_ready", "The file is not finished yet, or it has expired. Look at status and expires_at.");
    }
}
