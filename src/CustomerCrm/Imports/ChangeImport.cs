using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>PATCH /v1/imports/{import_id}: says what becomes of which column. What a dry run found of another mapping is forgotten.</summary>
public static class ChangeImport
{
    public sealed record Request
    {
        /// <summary>The whole of it, in the place of what there is.</summary>
        [Required, MaxLength(200)] public Change<IReadOnlyList<ColumnMapping>> Mapping { get; init; }

        [Required] public Change<MatchPolicy> OnMatch { get; init; }

        /// <summary>False: each customer is told of as if it came from the API, and the run takes longer.</summary>
        [Required, JsonPropertyName("quiet")] public Change<bool> IsQuiet { get; init; }

        [Required] public Change<bool> ClearsWithBlank { get; init; }
    }

    internal const string UnknownField = "unknown_field";

    internal static async Task<Import> Handle(
        [FromRoute(Name = "import_id")] Id<Import> importId, Request request, IfMatch ifMatch, IEnumerable<IImportTarget> targets, ImportStore imports, EventLog events, CancellationToken ct)
    {
        var current = await imports.FindAsync(importId, ct);
        ifMatch.Check(current.Revision);
        ImportLife.Ask(ImportLife.IsBeforeRun(current.Status), current);
        if (request.Mapping is { IsSet: true, Value: { } mapping } && ErrorsOf(mapping, current, await targets.Single(t => t.Resource == current.Resource).FieldsAsync(ct)).ToArray() is { Length: > 0 } errors)
            throw ApiProblem.Invalid(errors);

        var changed = await imports.SaveAsync(current, current with
        {
            Mapping = [.. (request.Mapping.Or(current.Mapping) ?? []).Select(m => m with { Source = m.Source is null ? null : Identifier.SourceOf(m.Source) })],
            OnMatch = request.OnMatch.Or(current.OnMatch),
            IsQuiet = request.IsQuiet.Or(current.IsQuiet),
            ClearsWithBlank = request.ClearsWithBlank.Or(current.ClearsWithBlank),
            Status = ImportStatus.Ready,
            DryRun = null,
        }, ct);
        events.Record("import.updated", changed);
        return changed;
    }

    /// <summary>Pure.</summary>
    internal static IEnumerable<FieldError> ErrorsOf(IReadOnlyList<ColumnMapping> mapping, Import import, IReadOnlyList<ImportField> fields)
    {
        var (columns, single) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (i, one) in mapping.Index())
        {
            var field = fields.FirstOrDefault(f => f.Name == one.Field);
            if (import.Columns.All(c => c.Name != one.Column)) yield return new FieldError($"/mapping/{i}/column", "unknown_column", "The file has no such column.");
            else if (!columns.Add(one.Column)) yield return new FieldError($"/mapping/{i}/column", "duplicate_column", "The column is mapped already.");
            if (field is null)
            {
                yield return new FieldError($"/mapping/{i}/field", UnknownField, $"One of: {string.Join(", ", fields.Select(f => f.Name))}.");
                continue;
            }
            if (!field.TakesMany && !single.Add(field.WrittenInto ?? field.Name)) yield return new FieldError($"/mapping/{i}/field", "duplicate_field", "Only one column can be written into this field.");
            if (field.NeedsSource && (one.Source is null || Identifier.SourceOf(one.Source) is null))
                yield return new FieldError($"/mapping/{i}/source", "source_invalid", "A source has 1 to 100 letters, digits, _ . or -.");
            if (!field.NeedsSource && one.Source is not null) yield return new FieldError($"/mapping/{i}/source", "source_unexpected", "This field has no source.");
            if (one.DateFormat is null) continue;
            if (field.Form is not (FieldForm.Day or FieldForm.Time)) yield return new FieldError($"/mapping/{i}/date_format", "not_a_date", "This field is no day or time.");
            else if (!WrittenTime.IsFormat(one.DateFormat)) yield return new FieldError($"/mapping/{i}/date_format", "date_format_invalid", WrittenTime.Saying);
        }
    }
}
