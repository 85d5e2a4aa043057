using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

/// <summary>The customer, its identities and its interactions are gone for good.</summary>
internal static class RemoveCustomer
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, IfMatch ifMatch, TenantDb db, CustomerWriter writer, CancellationToken ct)
    {
        var current = await ShowCustomer.FindAsync(customerId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
