using CustomerCrm.Platform.Data;

namespace CustomerCrm.CustomFields.Owners;

/// <summary>Every resource that can have fields of its own, as its feature has said.</summary>
internal sealed class CustomFieldOwners(IEnumerable<CustomFieldOwner> owners)
{
    private readonly Dictionary<CustomFieldResource, CustomFieldOwner> all = owners.ToDictionary(owner => owner.Resource);

    private readonly Dictionary<string, CustomFieldOwner> byTable = owners.SelectMany(owner => new[] { (owner.Tables.TextTable, owner), (owner.Tables.ValueTable, owner) }).ToDictionary(StringComparer.Ordinal);

    /// <returns>Null: the table holds no values of tenants' own fields.</returns>
    public CustomFieldOwner? WithTable(string table) => byTable.GetValueOrDefault(table);

    public CustomFieldOwner Of(CustomFieldResource resource) => all[resource];

    /// <returns>The id as it is written; null for text that is none of this resource.</returns>
    public string? ReadId(CustomFieldResource resource, string text) => all[resource].ReadId(text) is { } id ? all[resource].WriteId(id) : null;

    /// <summary>Those of the ids that there is a record of.</summary>
    public async Task<IReadOnlySet<string>> KnownAsync(TenantDb db, CustomFieldResource resource, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var owner = all[resource];
        var known = await db.QueryAsync<byte[]>(owner.Tables.Ids.And(Condition.In("x.Id", ids.Select(id => (object?)owner.ReadId(id)!.Value.ToByteArray(bigEndian: true)))), null, ct);
        return known.Select(id => owner.WriteId(new Guid(id, bigEndian: true))).ToHashSet();
    }
}
