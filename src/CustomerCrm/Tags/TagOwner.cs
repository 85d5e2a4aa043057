using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tags;

/// <summary>
/// A resource whose records can have tags. To make one of another: a table like <c>CustomerTags</c> (0026), its statements here, a line where
/// its services are added, its routes or a member of the record, its count in <see cref="Tag"/>, and the filter in its own list.
/// </summary>
internal sealed record TagOwner
{
    /// <summary>As in events: <c>customer</c>.</summary>
    public required string Name { get; init; }

    public required Func<Guid, string> WriteId { get; init; }

    /// <summary>Selects from the record's own table, so that nothing is put on what is not there.</summary>
    public required TenantSql Add { get; init; }

    public required TenantSql Remove { get; init; }

    /// <summary>The record's tags, for narrowing and ordering (t, g).</summary>
    public required TenantSql TagsOf { get; init; }

    /// <summary>The records that have a tag.</summary>
    public required TenantSql Holders { get; init; }

    /// <summary>Whose timeline a record belongs to; null where the record is the customer.</summary>
    public required TenantSql? CustomerOf { get; init; }

    public async Task<Guid?> CustomerOfAsync(TenantDb db, Guid id, CancellationToken ct) =>
        CustomerOf is null ? id : new Guid((await db.FindAsync<byte[]>(CustomerOf, new { OwnerId = id.ToByteArray(bigEndian: true) }, ct))!, bigEndian: true);
}
