using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

/// <summary>Changes the profile. Identities are changed by their own routes.</summary>
public static class ChangeCustomer
{
    public sealed record Request : CustomerProfile;

    internal static async Task<Customer> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, Request request, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, CustomerWriter writer, CancellationToken ct)
    {
        var current = await ShowCustomer.FindAsync(customerId, db, ct);
        await conflicts.CheckAsync(ifMatch, customerId, current.Revision, request, ct);
        return await writer.ChangeAsync(current, request, ct);
    }
}
