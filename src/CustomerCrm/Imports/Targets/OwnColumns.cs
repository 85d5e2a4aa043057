using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;

namespace CustomerCrm.Imports.Targets;

/// <summary>Columns that are written into fields of the tenant's own: <c>custom_fields.loyalty_tier</c>. Pure.</summary>
internal static class OwnColumns
{
    private const string Member = "custom_fields", Prefix = Member + ".";

    /// <summary>One for each field, found by its name or by what people call it.</summary>
    public static IEnumerable<ImportField> Of(IReadOnlyDictionary<string, CustomField> fields) =>
        from field in fields.Values
        orderby field.Name
        select new ImportField(Prefix + field.Name, FormOf(field.Type), MappingProposal.KeyOf(field.Name), MappingProposal.KeyOf(field.Label)) { IsClearable = true };

    public static bool IsOne(ImportField field) => field.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The member <c>custom_fields</c>, if a cell says anything of it.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        var said = cells.Where(c => IsOne(c.Place.Field)).ToArray();
        if (said.Length == 0) return;
        json.WriteStartObject(Member);
        foreach (var (place, value) in said) RowReading.Write(json, place.Field.Name[Prefix.Length..], place.Field.Form, value);
        json.WriteEndObject();
    }

    /// <summary>Value by value, as JSON text, so that the way back is exact.</summary>
    public static IEnumerable<FieldChange> Differences(CustomFieldValues before, CustomFieldValues after) =>
        from name in before.ByName.Keys.Union(after.ByName.Keys).Order(StringComparer.Ordinal)
        let was = before.Find(name)?.GetRawText()
        let willBe = after.Find(name)?.GetRawText()
        where was != willBe
        select new FieldChange { Field = Prefix + name, From = was, To = willBe };

    /// <summary>Null for what is no such column, or has no value.</summary>
    public static string? ValueOf(CustomFieldValues values, string field, out bool isOne)
    {
        isOne = field.StartsWith(Prefix, StringComparison.Ordinal);
        return isOne ? values.Find(field[Prefix.Length..])?.GetRawText() : null;
    }

    /// <summary>The values that changes came from, by the names of the fields; null for none.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Before(IEnumerable<FieldChange> changes) => changes
        .Where(change => change.Field.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(change => change.Field[Prefix.Length..], change => JsonSerializer.Deserialize<JsonElement>(change.From ?? "null"));

    private static FieldForm FormOf(CustomFieldType type) => type switch
    {
        CustomFieldType.Number => FieldForm.Number,
        CustomFieldType.Money => FieldForm.Whole,
        CustomFieldType.Date => FieldForm.Day,
        CustomFieldType.Boolean => FieldForm.Flag,
        _ => FieldForm.Text,
    };
}
