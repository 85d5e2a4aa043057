using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>POST /v1/imports: a file, looked at but not yet acted on.</summary>
internal static class UploadImport
{
    private const int LongestName = 200;

    /// <param name="resource">What the rows are: `customers`, `interactions`, `orders` or `consents`.</param>
    /// <param name="fileName">What people call the file.</param>
    /// <param name="separator">What stands between cells: one character, or `tab`. Detected, if nothing is said.</param>
    /// <param name="encoding">The file's encoding by its IANA name. Detected, if nothing is said.</param>
    /// <param name="quote">What stands around cells: a double quote or an apostrophe. Detected, if nothing is said.</param>
    /// <param name="hasHeader">`true` or `false`: whether the first row names the columns. Detected, if nothing is said.</param>
    /// <param name="upload">The file.</param>
    /// <param name="targets">What rows can become.</param>
    /// <param name="imports">Where imports are kept.</param>
    /// <param name="caller">Whose key it is.</param>
    /// <param name="db">Tells when all is written.</param>
    /// <param name="events">Hears of it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">403: the key may not write what the rows are.</exception>
    internal static async Task<Created<Import>> Handle(
        string resource, [FromQuery(Name = "file_name")] string? fileName, string? separator, string? encoding, string? quote, [FromQuery(Name = "has_header")] string? hasHeader,
        ImportUpload upload, IEnumerable<IImportTarget> targets, ImportStore imports, Caller caller, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var target = targets.Single(t => t.Resource == upload.Resource);
        if (!caller.Scopes.Has(target.Scope)) throw ApiProblem.Forbidden("scope_missing", $"The API key lacks the scope {target.Scope}.");

        var now = clock.GetUtcNow();
        var import = new Import
        {
            Id = upload.Id,
            Resource = upload.Resource,
            FileName = NameOf(fileName) ?? resource,
            Bytes = upload.Bytes,
            Rows = upload.Survey.Rows,
            Format = upload.Survey.Format,
            Columns = upload.Survey.Columns,
            Mapping = MappingProposal.For(upload.Survey, await target.FieldsAsync(ct)),
            OnMatch = MatchPolicy.Update,
            IsQuiet = true,
            ClearsWithBlank = false,
            Status = ImportStatus.Ready,
            Position = 0,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await imports.AddAsync(import, ct);
        events.Record("import.uploaded", import);
        db.AfterCommit(() => upload.IsKept = true);
        return TypedResults.Created($"/v1/imports/{import.Id}", import);
    }

    private static string? NameOf(string? sent)
    {
        var name = string.Concat((sent ?? "").Where(c => !char.IsControl(c))).Trim();
        return name.Length == 0 ? null : name.Beginning(LongestName);
    }
}
