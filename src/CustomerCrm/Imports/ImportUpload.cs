using System.Reflection;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports;

/// <summary>
/// The file of an upload, on the disk and looked through, before the request's transaction begins. It is removed again unless the import
/// that it belongs to was committed.
/// </summary>
internal sealed class ImportUpload
{
    public const long MostBytes = 50 << 20;
    public static readonly string[] MediaTypes = ["text/csv", "application/x-ndjson"];

    public required Id<Import> Id { get; init; }
    public required ImportResource Resource { get; init; }
    public required long Bytes { get; init; }
    public required FileSurvey Survey { get; init; }
    public bool IsKept { get; set; }

    /// <exception cref="ApiProblem">400, 413, 415 or 422: what is said of the file, or the file, cannot be taken.</exception>
    public static async ValueTask<ImportUpload> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = context.Request.Query;
        var known = context.RequestServices.GetServices<IImportTarget>().ToArray();
        var target = known.FirstOrDefault(t => StrictJson.NameOf(t.Resource) == query["resource"])
            ?? throw ApiProblem.BadQuery("resource", "value_invalid", $"One of: {string.Join(", ", known.Select(t => StrictJson.NameOf(t.Resource)))}.");
        var media = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (!MediaTypes.Contains(media)) throw ApiProblem.Other(415, "media_type_unsupported", "Send text/csv or application/x-ndjson.");
        var said = Said(query, media!);

        var (files, id) = (context.RequestServices.GetRequiredService<IFileStore>(), Id<Import>.New());
        var name = Import.StoredName(id);
        var bytes = await files.SaveAsync(name, context.Request.Body, MostBytes, context.RequestAborted);
        try
        {
            var fields = await target.FieldsAsync(context.RequestAborted);
            var upload = new ImportUpload { Id = id, Resource = target.Resource, Bytes = bytes, Survey = FileSurvey.Of(() => files.Open(name), said, cell => MappingProposal.IsName(cell, fields)) };
            context.Response.OnCompleted(() =>
            {
                if (!upload.IsKept) files.Remove(name);
                return Task.CompletedTask;
            });
            return upload;
        }
        catch
        {
            files.Remove(name);
            throw;
        }
    }

    private static SaidFormat Said(IQueryCollection query, string media)
    {
        string? encoding = query["encoding"], separator = query["separator"], quote = query["quote"], header = query["has_header"];
        if (encoding is not null && FormatDetection.EncodingNamed(encoding) is null) throw ApiProblem.BadQuery("encoding", "value_invalid", "The name of an encoding: utf-8, utf-16, windows-1252 …");
        if (header is not (null or "true" or "false")) throw ApiProblem.BadQuery("has_header", "value_invalid", "true or false.");
        return new SaidFormat
        {
            Kind = media == MediaTypes[0] ? FileKind.Csv : FileKind.JsonLines,
            Encoding = encoding,
            Separator = separator switch { null => null, "tab" => '\t', [var c] when IsSeparator(c) => c, _ => throw ApiProblem.BadQuery("separator", "value_invalid", "One character, or tab.") },
            Quote = quote switch { null => null, "\"" => '"', "'" => '\'', _ => throw ApiProblem.BadQuery("quote", "value_invalid", "\" or '.") },
            HasHeader = header is null ? null : header == "true",
        };
    }

    private static bool IsSeparator(char c) => c == '\t' || (char.IsAscii(c) && !char.IsLetterOrDigit(c) && !char.IsControl(c) && c is not ('"' or '\''));
}
