using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Track.Visitors;

/// <summary>Make the rest of a visitor's past the customer's.</summary>
public sealed record AttachPast(string AnonymousId, Id<Customer> CustomerId, bool IsQuiet);

/// <summary>A thousand at a time, each in a transaction of its own. Stops when the visitor is somebody else by now.</summary>
internal sealed class AttachPastJob(TenantDb db, VisitorBook visitors, EventLog events) : IJob<AttachPast>
{
    public async Task RunAsync(AttachPast work, CancellationToken ct)
    {
        for (var goesOn = true; goesOn;)
        {
            ct.ThrowIfCancellationRequested();
            await db.InTransactionAsync(async () =>
            {
                events.IsQuiet = work.IsQuiet;
                goesOn = await visitors.OwnerAsync(work.AnonymousId, ct) == work.CustomerId
                    && !(await visitors.AttachAsync(work.AnonymousId, work.CustomerId, ct)).IsComplete;
            }, ct);
        }
    }
}
