using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.CustomFields.Owners;

/// <summary>
/// A resource whose records can have fields of their tenant's own. To make one of another: two tables like the customers' (0025), a
/// class like <c>CustomerFields</c> with its statements, <c>custom_fields</c> in what is shown and taken, <c>.WithOwn</c> on its
/// list, and a line where its services are added. The statements name the record <c>@OwnerId</c>.
/// </summary>
internal sealed record CustomFieldOwner
{
    public required CustomFieldResource Resource { get; init; }

    /// <summary>An id of it as it is written, from text that is one; else null.</summary>
    public required Func<string, Guid?> ReadId { get; init; }

    public required Func<Guid, string> WriteId { get; init; }

    /// <summary>The ids of its records (alias x), for narrowing.</summary>
    public required TenantSql Ids { get; init; }

    public required TenantSql TextOf { get; init; }
    public required TenantSql InsertText { get; init; }
    public required TenantSql UpdateText { get; init; }
    public required TenantSql DeleteText { get; init; }

    /// <summary>Only of a field that is not deleted.</summary>
    public required TenantSql AddValue { get; init; }

    /// <summary>The same of several: <see cref="ManyValues"/>.</summary>
    public required TenantSql AddValues { get; init; }

    public required TenantSql RemoveValue { get; init; }

    /// <summary>The records that have a value of <c>@FieldId</c>.</summary>
    public required TenantSql Holders { get; init; }

    /// <summary>A new revision of the record.</summary>
    public required TenantSql Touch { get; init; }

    /// <summary>The values (alias v), for narrowing.</summary>
    public required TenantSql Values { get; init; }

    /// <summary>The record a value is of: <c>v.CustomerId</c>.</summary>
    public required string RowColumn { get; init; }

    /// <summary>Of a row of its list: it has a value of this field within the range.</summary>
    public required Func<byte[], ValueRange, Condition> HasWithin { get; init; }
}
