using System.Text.Json;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.CustomFields.Values;

/// <summary>Reads the values that are sent for a record, and refuses those its fields do not take. Writes nothing.</summary>
internal sealed class CustomFieldReader(TenantDb db, KnownCustomFields known, CustomFieldOwners owners)
{
    /// <summary>A merge patch (RFC 7396): what is not named stays, null clears; null for all of them clears all.</summary>
    /// <param name="resource">What the record is.</param>
    /// <param name="sent">The member <c>custom_fields</c> of the request.</param>
    /// <param name="current">The record's values so far.</param>
    /// <param name="pointer">Where in the body the record stands: empty, or <c>/customer</c>.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422, naming every value that is wrong.</exception>
    public async ValueTask<CustomFieldValues> ReadAsync(
        CustomFieldResource resource, Change<IReadOnlyDictionary<string, JsonElement>> sent, CustomFieldValues current, string pointer, CancellationToken ct)
    {
        if (!sent.IsSet) return current;
        if (sent.Value is not { } named) return CustomFieldValues.None;
        if (named.Count == 0) return current;

        var fields = await known.OfAsync(resource, ct);
        var errors = new List<FieldError>();
        var references = new List<(string Name, CustomFieldResource To, string Id)>();
        var changes = new List<(string Name, JsonElement? Value)>(named.Count);
        foreach (var (name, value) in named)
        {
            if (!fields.TryGetValue(name, out var field)) errors.Add(ErrorOf(name, "unknown_field", "There is no such field."));
            else if (value.ValueKind == JsonValueKind.Null) changes.Add((name, null));
            else if (FieldRules.Read(field, value, text => owners.ReadId(field.ReferencesTo!.Value, text)) is var (read, saying) && read is null) errors.Add(ErrorOf(name, "value_invalid", saying));
            else if (IsRetired(field, read!.Value) && current.Find(name)?.GetString() != read.Value.GetString()) errors.Add(ErrorOf(name, "option_retired", "This option is retired: only records that have it keep it."));
            else
            {
                // Whoever sends back what was read is not to pay for what was deleted since.
                if (field.Type == CustomFieldType.Reference && current.Find(name)?.GetString() != read.Value.GetString()) references.Add((name, field.ReferencesTo!.Value, read.Value.GetString()!));
                changes.Add((name, read));
            }
        }
        foreach (var group in references.GroupBy(reference => reference.To))
        {
            var there = await owners.KnownAsync(db, group.Key, [.. group.Select(reference => reference.Id).Distinct()], ct);
            errors.AddRange(group.Where(reference => !there.Contains(reference.Id)).Select(reference => ErrorOf(reference.Name, "reference_unknown", $"There is no such thing among the {FieldRules.NameOf(group.Key)}.")));
        }
        return errors.Count == 0 ? current.With(changes) : throw ApiProblem.Invalid(errors);

        FieldError ErrorOf(string name, string code, string detail) => new($"{pointer}/custom_fields/{Escape(name)}", code, detail);
    }

    private static bool IsRetired(CustomField field, JsonElement value) =>
        field.Type == CustomFieldType.Choice && field.Options!.Any(option => option.IsRetired && value.ValueEquals(option.Name));

    // RFC 6901.
    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
