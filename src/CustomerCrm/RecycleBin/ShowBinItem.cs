using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.RecycleBin;

/// <summary>GET /v1/recycle_bin/{bin_id}</summary>
internal static class ShowBinItem
{
    internal static async Task<BinItem> Handle([FromRoute(Name = "bin_id")] Id<RemovedRecord> binId, TenantDb db, CancellationToken ct) => BinItem.Of(await FindAsync(binId, db, ct));

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<RemovedRecord> FindAsync(Id<RemovedRecord> binId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<RemovedRecord>(ById, new { BinId = binId }, ct) ?? throw ApiProblem.NotFound("item in the bin");

    private static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {RemovedRecord.Columns}
        FROM RemovedRecords b
        WHERE b.TenantId = @TenantId
          AND b.Id = @BinId
        """);
}
