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

        /// <summary>What was left out because somebody else has it by now.</summary>
        public required IReadOnlyList<LeftOut> LeftOut { get; init; }
    }

    /// <summary>Something that is somebody else's by now.</summary>
    public sealed record LeftOut
    {
        /// <summary><c>identity</c>, <c>order</c>, <c>interaction</c>.</summary>
        public required string Resource { get; init; }

        /// <summary>Its address, number or external id.</summary>
        public string? Value { get; init; }
    }

    internal static async Task<Answer> Handle(
        [FromRoute(Name = "bin_id")] Id<RemovedRecord> binId, Request? request, TenantDb db, RecordRestoring restoring, CancellationToken ct)
    {
        var record = await ShowBinItem.FindAsync(binId, db, ct);
        var taken = await restoring.RestoreAsync(record, request?.WithoutTaken ?? false, ct);
        var item = BinItem.Of(record);
        return new Answer
        {
            Kind = item.Kind,
            RecordId = item.RecordId,
            CustomerId = item.CustomerId,
            LeftOut = [.. taken.Select(t => new LeftOut { Resource = t.Resource, Value = t.Value })],
        };
    }
}
