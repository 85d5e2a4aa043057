using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Templates.Fields;

/// <summary>Holds a template against the fields that there are, so that what is wrong is told to who writes it and not to who reads it.</summary>
internal sealed class TemplateCheck(TenantDb db)
{
    private const int MostErrors = 50;

    /// <exception cref="ApiProblem">422: naming each part, line and reason.</exception>
    public Task CheckAsync(TemplateParts parts, CancellationToken ct) => CheckAsync(parts, "", ct);

    /// <param name="parts">As they were written.</param>
    /// <param name="pointer">Where they stand in the request.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422: naming each part, line and reason.</exception>
    public async Task CheckAsync(TemplateParts parts, string pointer, CancellationToken ct)
    {
        var own = await OwnFields.ReadAsync(db, ct);
        if (ErrorsOf(parts, own).Take(MostErrors).Select(error => error with { Pointer = pointer + error.Pointer }).ToArray() is { Length: > 0 } errors) throw ApiProblem.Invalid(errors);
    }

    internal static IEnumerable<FieldError> ErrorsOf(TemplateParts parts, IReadOnlySet<string> ownFields)
    {
        foreach (var (name, text) in parts.Each())
        {
            var reading = TemplateReading.Of(text);
            foreach (var error in reading.Errors) yield return new FieldError($"/{name}", error.Code, $"Line {error.Line}: {error.Detail}");
            foreach (var use in reading.Uses)
                if (WhyNot(use, name, parts.Defaults, ownFields) is var (code, detail)) yield return new FieldError($"/{name}", code, $"Line {use.Line}: {detail}");
        }
        foreach (var field in parts.Defaults.Keys)
            if (!IsOneValue(field, ownFields)) yield return new FieldError($"/defaults/{field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", "unknown_merge_field", $"There is no field {field} that could have a default.");
    }

    private static (string, string)? WhyNot(MergeUse use, string part, IReadOnlyDictionary<string, string> defaults, IReadOnlySet<string> ownFields)
    {
        if (use.Path == "data" || use.Path.StartsWith(MergeFields.Data, StringComparison.Ordinal)) return use.Path == "data" ? ("unknown_merge_field", "Say which member of data.") : null;
        if (use.IsUnescaped && part == "html") return ("not_allowed", $"{use.Path} is always escaped in HTML; only data may be written with three braces.");
        if (use.Path.Split("[].") is [var list, var item]) return MergeFields.Items.TryGetValue(list, out var members) && members.Contains(item) && !use.IsList ? null : ("unknown_merge_field", $"An item of {list} has no {item}.");
        if (use.Path.EndsWith("[]", StringComparison.Ordinal)) return ("not_a_value", "An item of this list has members: name one of them.");
        if (MergeFields.Find(use.Path) is { Type: MergeFieldType.List } known)
            return use.IsList || use.IsGuarded ? null : ("not_a_value", $"{known.Name} is a list: go through it with #each.");
        if (!IsOneValue(use.Path, ownFields)) return ("unknown_merge_field", $"There is no field {use.Path}. GET /v1/templates/fields lists those there are.");
        if (use.IsList) return ("not_a_list", $"{use.Path} is one value.");
        var mayBeEmpty = MergeFields.Find(use.Path)?.MayBeEmpty ?? true;
        return mayBeEmpty && !use.IsGuarded && !defaults.ContainsKey(use.Path)
            ? ("merge_field_needs_default", $"{use.Path} may be empty: give it a default, or write it inside {{{{#if {use.Path}}}}}.")
            : null;
    }

    private static bool IsOneValue(string path, IReadOnlySet<string> ownFields) =>
        MergeFields.Find(path) is { Type: not MergeFieldType.List }
        || (path.StartsWith(MergeFields.Data, StringComparison.Ordinal) && path.Length > MergeFields.Data.Length)
        || ownFields.Contains(path);
}
