using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.CustomFields.Values;

/// <summary>Writes a record's values, behind its row and inside the caller's transaction.</summary>
internal sealed class CustomFieldWriter(TenantDb db, KnownCustomFields known, CustomFieldOwners owners)
{
    /// <param name="resource">What the record is.</param>
    /// <param name="id">Which.</param>
    /// <param name="before">What is stored: <see cref="CustomFieldValues.None"/> for a new record.</param>
    /// <param name="after">What is to be.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">409: a field was deleted meanwhile.</exception>
    public async Task WriteAsync(CustomFieldResource resource, Guid id, CustomFieldValues before, CustomFieldValues after, CancellationToken ct)
    {
        if (before == after) return;
        var owner = owners.Of(resource).Tables;
        var row = new { OwnerId = id.ToByteArray(bigEndian: true), after.Text };
        if (after == CustomFieldValues.None) await db.ExecuteAsync(owner.DeleteText, row, ct);
        else if (before == CustomFieldValues.None) await db.ExecuteAsync(owner.InsertText, row, ct);
        else await db.ExecuteAsync(owner.UpdateText, row, ct);

        var fields = await known.OfAsync(resource, ct);
        foreach (var (name, value) in before.ByName)
            if (fields.TryGetValue(name, out var field) && after.Find(name)?.GetRawText() != value.GetRawText())
                await db.ExecuteAsync(owner.RemoveValue, new { row.OwnerId, FieldId = field.Id }, ct);
        var added = after.ByName.Where(value => fields.ContainsKey(value.Key) && before.Find(value.Key)?.GetRawText() != value.Value.GetRawText())
            .Select(value => (FieldId: fields[value.Key].Id, Key: FieldKey.Of(value.Value)));
        foreach (var chunk in added.Chunk(OwnValueTables.MostAtOnce))
            if (await AddAsync(owner, row.OwnerId, chunk, ct) < chunk.Length)
                throw ApiProblem.Conflict("changed_meanwhile", "A field was deleted meanwhile. Nothing was changed; try again.");
    }

    private Task<int> AddAsync(OwnValueTables owner, byte[] ownerId, (Id<CustomField> FieldId, byte[] Key)[] values, CancellationToken ct) => values is [var only]
        ? db.ExecuteAsync(owner.AddValue, new { OwnerId = ownerId, only.FieldId, ValueKey = only.Key }, ct)
        : db.ExecuteAsync(owner.AddValues, new ManyValues(ownerId, values), ct);
}
