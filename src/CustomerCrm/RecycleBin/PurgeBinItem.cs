using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
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
    private const int MostNames = 50;

    internal static async Task<NoContent> Handle([FromRoute(Name = "bin_id")] Id<RemovedRecord> binId, TenantDb db, RecordBin bin, JobQueue jobs, EventLog events, CancellationToken ct)
    {
        var record = await ShowBinItem.FindAsync(binId, db, ct);
        var along = await PurgeAsync(record, bin, events, ct);
        // Not its own last event, which names it and says no more. After 90 days in the bin there is no copy left.
        // A customer is in everything that names it; of anything else only copies of the record itself go, and what merely points to it stays.
        var names = BinItem.Of(record).Kind == BinKind.Customer ? [record.RecordId] : along.Prepend(record.RecordId).Select(Wordless.NameOf);
        foreach (var some in names.Chunk(MostNames)) await jobs.EnqueueAsync(new Forget(Forgotten.Everything, some, new Guid(record.RecordKey, bigEndian: true)), ct);
        return TypedResults.NoContent();
    }

    /// <returns>The ids of what went along.</returns>
    internal static async Task<IReadOnlyList<string>> PurgeAsync(RemovedRecord record, RecordBin bin, EventLog events, CancellationToken ct)
    {
        var (item, along) = (BinItem.Of(record), await AlongAsync(record, bin, ct));
        await bin.PurgeAsync(record, item.Kind == BinKind.Customer, ct, along);
        events.Record($"{record.Kind}.purged", new Purged { Id = record.RecordId, CustomerId = item.CustomerId }, item.CustomerId?.Value);
        return along;
    }

    // What was said in a conversation is told by itself, too.
    private static async Task<IReadOnlyList<string>> AlongAsync(RemovedRecord record, RecordBin bin, CancellationToken ct) => record.Kind != ConversationRecord.RecordKind.Name ? [] :
    [
        .. (await bin.WentAlongAsync(record, "ConversationEntries", ct)).Select(key => Id<ConversationEntry>.FromBytes(key).ToString()),
        .. (await bin.WentAlongAsync(record, "Interactions", ct)).Select(key => Id<Interaction>.FromBytes(key).ToString()),
    ];
}

/// <summary>The data of <c>customer.purged</c>, <c>company.purged</c>, <c>conversation.purged</c> and so on: ids, since nothing else is left.</summary>
public sealed record Purged
{
    public required string Id { get; init; }

    /// <summary>Null for a company or a product.</summary>
    public required Id<Customer>? CustomerId { get; init; }
}
