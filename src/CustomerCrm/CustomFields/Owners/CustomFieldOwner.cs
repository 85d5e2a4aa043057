using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.CustomFields.Owners;

/// <summary>
/// A resource whose records can have fields of their tenant's own. To make one of another: two tables like the customers' (0025), an
/// owner of its own like <c>OrderFields</c>, <c>custom_fields</c> in what is shown and taken, <c>.WithOwn</c> on its list, the tables in
/// its record for the bin, and a line where its services are added.
/// </summary>
internal sealed record CustomFieldOwner : IHoldsStatements
{
    public required CustomFieldResource Resource { get; init; }

    /// <summary>An id of it as it is written, from text that is one; else null.</summary>
    public required Func<string, Guid?> ReadId { get; init; }

    public required Func<Guid, string> WriteId { get; init; }

    /// <summary>Where the values are.</summary>
    public required OwnValueTables Tables { get; init; }

    public IEnumerable<(string Name, TenantSql Sql)> Statements => Tables.Statements;

    public static CustomFieldOwner Of<T>(CustomFieldResource resource, OwnValueTables tables) where T : IHasId => new()
    {
        Resource = resource,
        ReadId = text => Id<T>.TryRead(text, out var id) ? id.Value : null,
        WriteId = id => new Id<T>(id).ToString(),
        Tables = tables,
    };
}
