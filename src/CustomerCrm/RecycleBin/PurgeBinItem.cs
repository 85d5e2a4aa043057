using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.RecycleBin;

/// <summary>DELETE /v1/recycle_bin/{bin_id}: nothing of it is kept.</summary>
internal static class PurgeBinItem
{
    internal static async Task<NoContent> Handle([FromRoute(Name = "bin_id")] Id<RemovedRecord> binId, TenantDb db, RecordBin bin, JobQueue jobs, EventLog events, CancellationToken ct)
    {
        var record = await ShowBinItem.FindAsync(binId, db, ct);
        // Not its own last event, which names it and says no more. After 90 days in the bin there is no copy left.
        await jobs.EnqueueAsync(new Forget(Forgotten.Everything, [record.RecordId], new Guid(record.RecordKey, bigEndian: true)), ct);
        await PurgeAsync(record, bin, events, ct);
        return TypedResults.NoContent();
    }

    internal static async Task PurgeAsync(RemovedRecord record, RecordBin bin, EventLog events, CancellationToken ct)
    {
        var item = BinItem.Of(record);
        await bin.PurgeAsync(record, item.Kind == BinKind.Customer, ct);
        events.Record($"{record.Kind}.purged", new Purged { Id = record.RecordId, CustomerId = item.CustomerId }, item.CustomerId.Value);
    }
}

/// <summary>The data of <c>customer.purged</c>, <c>order.purged</c> and <c>interaction.purged</c>: ids, since nothing else is left.</summary>
public sealed record Purged
{
    public required string Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
}
