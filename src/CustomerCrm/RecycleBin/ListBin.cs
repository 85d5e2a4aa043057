using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.RecycleBin;

/// <summary>GET /v1/recycle_bin</summary>
internal static class ListBin
{
    internal static async Task<Page<BinItem>> Handle(ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, null, ct);
        return new Page<BinItem> { Data = [.. page.Data.Select(BinItem.Of)], HasMore = page.HasMore, NextCursor = page.NextCursor, NextLink = page.NextLink };
    }

    private static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {RemovedRecord.Columns}
        FROM RemovedRecords b
        WHERE b.TenantId = @TenantId
        """);

    // Stored by name, as the platform knows no kinds.
    private static readonly FilterType kinds = FilterType.OneOf<BinKind>();

    internal static readonly ListOf<RemovedRecord> List = ListOf<RemovedRecord>
        .From(Matching, "b.Id", record => record.Id.ToBytes())
        .SortedBy("removed_at", "b.RemovedAt", record => record.RemovedAt, isDescending: true)
        .SortedBy("expires_at", "b.ExpiresAt", record => record.ExpiresAt)
        .FilteredBy("kind", "b.Kind", kinds with { Read = text => kinds.Read(text) is null ? null : text }, Operators.Equal)
        .FilteredBy("customer_id", "b.CustomerKey", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("removed_at", "b.RemovedAt", FilterType.Time, Operators.Range);
}
