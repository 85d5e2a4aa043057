using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Exports;

public static class ExportRoutes
{
    public static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddJob<WriteExportJob, WriteExport>().AddJob<PruneExportsJob, PruneExports>();

    /// <summary>Lists and segments as files, written behind the answer and downloaded by a signed link.</summary>
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");

        exports.MapPost("/", CreateExport.Handle).Needs("exports:write").Describe("Export a list",
            "Any list, with its own filters and order, or the members of a segment, as CSV or JSON lines. In CSV, text that a spreadsheet would run as a formula begins with an apostrophe. Poll until `status` is `finished`. At most two at once: 409 `too_many_exports`. The key also needs the scope to read the list.");
        exports.MapGet("/", ListExports).Needs("exports:read").Lists(Export.All).Describe("List exports",
            "Newest first. An export and its file are kept for a day once it is finished.");
        exports.MapGet("/{export_id}", ShowExport).Needs("exports:read").Describe("Show an export",
            "How far it has come: its status, and how many rows are written.");
        exports.MapDelete("/{export_id}", RemoveExport.Handle).Needs("exports:write").Describe("Delete an export",
            "Stops it if it is at work, and removes its file.");
        exports.MapPost("/{export_id}/link", DownloadExport.MakeLink).Needs("exports:write").ReadsOnly().MayAnswer(409, "export_not_ready").Describe("Make a download link",
            "A signed address that opens this file, and nothing else, for 15 minutes without a key: for a browser. The key also needs the scope to read the list.");
        exports.MapGet("/{export_id}/file", DownloadExport.Handle).Needs("exports:read").TakesTicket().AnswersFile("text/csv", "application/x-ndjson").MayAnswer(409, "export_not_ready").Describe("Download an export",
            "The file itself, with a key that also has the scope to read the list, or by a signed link. 409 `export_not_ready` until it is finished, and once it has expired.");
    }

    private static Task<Page<Export>> ListExports(ListQuery query, TenantDb db, CancellationToken ct) => Export.All.ReadAsync(query, db, null, ct);

    private static Task<Export> ShowExport([FromRoute(Name = "export_id")] Id<Export> exportId, TenantDb db, CancellationToken ct) => Export.FindAsync(exportId, db, ct);
}
