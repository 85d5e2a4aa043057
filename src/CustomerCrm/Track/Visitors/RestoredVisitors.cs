using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Track.Visitors;

/// <summary>A customer is back from the bin: what their visitors did meanwhile was nobody's, and becomes theirs.</summary>
internal sealed class RestoredVisitors(TenantDb db, JobQueue jobs, EventLog events) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var customerId = new Id<Customer>(recordId);
        foreach (var key in await db.QueryAsync<byte[]>(OfCustomer, new { CustomerId = customerId }, ct))
            await jobs.EnqueueAsync(new AttachPast(Encoding.UTF8.GetString(key), customerId, events.IsQuiet), ct);
    }

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT v.AnonymousKey
        FROM Visitors v
        WHERE v.TenantId = @TenantId
          AND v.CustomerId = @CustomerId
        """);
}
