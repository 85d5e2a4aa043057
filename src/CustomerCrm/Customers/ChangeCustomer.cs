using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

/// <summary>Changes the profile. Identities are changed by their own routes.</summary>
public static class ChangeCustomer
{
    public sealed record Request : CustomerProfile;

    internal static async Task<Customer> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, Request request, IfMatch ifMatch, TenantDb db, CustomerWriter writer, CancellationToken ct)
    {
        var current = await ShowCustomer.FindAsync(customerId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, request, ct);
    }
}
