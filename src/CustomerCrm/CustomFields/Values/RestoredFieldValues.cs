using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.CustomFields.Values;

/// <summary>
/// Of a record that comes back from the bin, values come back only of fields that are there still. A field that has the same name and was
/// made later is another one: what was written for the old one means nothing there.
/// </summary>
internal sealed class RestoredFieldValues(TenantDb db, CustomFieldOwners owners) : IMendsRows
{
    private IReadOnlyList<CustomField>? fields;

    public bool Mends(string table) => owners.WithTable(table) is not null;

    public async ValueTask<bool> MendAsync(string table, Dictionary<string, object?> row, DateTimeOffset removedAt, CancellationToken ct)
    {
        // Read here and not taken from what is remembered: a field that another process has deleted a moment ago counts.
        fields ??= await db.QueryAsync<CustomField>(CustomField.All, null, ct);
        var owner = owners.WithTable(table)!;
        var there = fields.Where(field => field.Resource == owner.Resource && field.CreatedAt <= removedAt);
        if (table == owner.Tables.ValueTable) return row["FieldId"] is byte[] id && there.Any(field => id.AsSpan().SequenceEqual(field.Id.ToBytes()));

        var names = there.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var values = CustomFieldValues.Of((string?)row["Text"]);
        var left = values.With([.. values.ByName.Keys.Where(name => !names.Contains(name)).Select(name => (name, (System.Text.Json.JsonElement?)null))]);
        row["Text"] = left.Text;
        return left != CustomFieldValues.None;
    }
}
