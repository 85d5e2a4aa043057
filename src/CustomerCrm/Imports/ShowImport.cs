using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>GET /v1/imports/{import_id}, which polling asks again and again.</summary>
internal static class ShowImport
{
    internal static Task<Import> Handle([FromRoute(Name = "import_id")] Id<Import> importId, ImportStore imports, CancellationToken ct) => imports.FindAsync(importId, ct);

    /// <summary>GET /v1/imports</summary>
    internal static Task<Page<Import>> List(ListQuery query, TenantDb db, CancellationToken ct) => All.ReadAsync(query, db, null, ct);

    // Ids sort by the time they were made; so the key serves as the order's index.
    internal static readonly ListOf<Import> All = ListOf<Import>.From(ImportStore.All, "i.Id", import => import.Id.ToBytes())
        .SortedBy("created_at", "i.Id", import => import.Id, isDescending: true)
        .FilteredBy("resource", "i.Resource", FilterType.OneOf<ImportResource>(), Operators.Equal)
        .FilteredBy("status", "i.Status", FilterType.OneOf<ImportStatus>(), Operators.Equal);
}
