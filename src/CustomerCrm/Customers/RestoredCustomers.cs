using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Customers;

/// <summary>A customer is back from the bin: what was left out of it is mended, and all who listen hear of it.</summary>
internal sealed class RestoredCustomers(TenantDb db, IdentityWriter identities, CustomerSeen seen, EventLog events) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var customerId = new Id<Customer>(recordId);
        if (!isWhole)
        {
            await identities.MendPrimariesAsync(customerId, ct);
            await seen.RecountAsync(customerId, ct);
        }
        events.Record("customer.restored", await ShowCustomer.FindAsync(customerId, db, ct), recordId);
    }
}
