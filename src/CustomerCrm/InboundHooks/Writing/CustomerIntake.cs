using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.InboundHooks.Writing;

/// <summary>Takes in customers as another system tells them: whoever is surest meant is changed, and nobody's identity is taken away.</summary>
internal sealed class CustomerIntake(IdentityReader reader, IdentityOwners owners, CustomerFinder finder, CustomerWriter writer, StatedIdentities stated, TenantDb db)
{
    /// <exception cref="ApiProblem">422: no identity, or one that cannot be read; a field of the tenant's own that is not right.</exception>
    public async Task<(Id<Customer> CustomerId, string Outcome)> StateAsync(CustomerDetails details, CancellationToken ct)
    {
        var identities = await reader.ReadAsync(details, "", ct);
        var isKnown = identities.Count > 0 && (await owners.FindAsync(identities.Select(i => i.Identifier), ct)).Count > 0;
        var customerId = await finder.FindOrCreateAsync(details, "", ct);
        if (!isKnown) return (customerId, "created");

        await stated.ConfirmAsync(customerId, identities, ct);
        var current = await ShowCustomer.FindAsync(customerId, db, ct);
        var changed = await writer.ChangeAsync(current, details, ct);
        return (customerId, changed.Revision == current.Revision ? "unchanged" : "updated");
    }
}
