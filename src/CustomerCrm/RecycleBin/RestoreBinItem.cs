using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.RecycleBin;

/// <summary>POST /v1/recycle_bin/{bin_id}/restore: it is back, with the ids it had.</summary>
public static class RestoreBinItem
{
    public sealed record Request
    {
        /// <summary>True restores it without what somebody else has by now; false answers 409 with what that is.</summary>
        public bool WithoutTaken { get; init; }
    }

    /// <summary>What is back, and what could not come back.</summary>
    public sealed record Answer
    {
        public required BinKind Kind { get; init; }

        /// <summary>The id it has, as before.</summary>
        public required string RecordId { get; init; }

        /// <summary>Null for a company or a product.</summary>
        public required Id<Customer>? CustomerId { get; init; }

        /// <summary>What did not come back, and why.</summary>
        public required IReadOnlyList<LeftOut> LeftOut { get; init; }
    }

    /// <summary>Something that did not come back.</summary>
    public sealed record LeftOut
    {
        /// <summary><c>identity</c>, <c>order</c>, <c>company</c> (a customer's place in one); <c>sku</c> or <c>external_id</c> of the record itself.</summary>
        public required string Resource { get; init; }

        /// <summary>Its address, number or external id; of what has none, the id of what it is of and is missing.</summary>
        public string? Value { get; init; }

        public required LeftOutReason Reason { get; init; }
    }

    /// <summary>Why something did not come back.</summary>
    public enum LeftOutReason
    {
        /// <summary>It is unique, and somebody else's by now.</summary>
        Taken,

        /// <summary>Something else that it is of is gone. A place in a company, or a note, of which the other side is in the bin too waits there and comes back with it.</summary>
        Missing,
    }

    internal static async Task<Answer> Handle(
        [FromRoute(Name = "bin_id")] Id<RemovedRecord> binId, Request? request, TenantDb db, RecordRestoring restoring, CancellationToken ct)
    {
        var record = await ShowBinItem.FindAsync(binId, db, ct);
        var leftOut = await restoring.RestoreAsync(record, request?.WithoutTaken ?? false, ct);
        var item = BinItem.Of(record);
        return new Answer
        {
            Kind = item.Kind,
            RecordId = item.RecordId,
            CustomerId = item.CustomerId,
            LeftOut = [.. leftOut.Select(row => new LeftOut { Resource = row.Resource, Value = row.Value, Reason = row.IsTaken ? LeftOutReason.Taken : LeftOutReason.Missing })],
        };
    }
}
