using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.RecycleBin;

/// <summary>Purges what has been in the bin for 90 days.</summary>
public sealed record PurgeBin;

internal sealed class PurgeBinJob(TenantDb db, RecordBin bin, EventLog events, TimeProvider clock) : IJob<PurgeBin>
{
    private const int AtOnce = 50;

    public Task RunAsync(PurgeBin work, CancellationToken ct) =>
        db.ChangeByPieceAsync<RemovedRecord>(Expired, AtOnce, new { Now = clock.GetUtcNow() }, record => PurgeBinItem.PurgeAsync(record, bin, events, ct), ct);

    private static readonly TenantSql Expired = TenantSql.Of($"""
        SELECT {RemovedRecord.Columns}
        FROM RemovedRecords b
        WHERE b.TenantId = @TenantId
          AND b.ExpiresAt <= @Now
        ORDER BY b.ExpiresAt, b.Id
        """);
}
