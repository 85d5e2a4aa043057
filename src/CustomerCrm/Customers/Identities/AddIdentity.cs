using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers.Identities;

/// <summary>POST /v1/customers/{customer_id}/identities: 409 says whose it is, if it is somebody's already.</summary>
public static class AddIdentity
{
    public sealed record Request : IdentityDetails;

    internal static async Task<Created<Identity>> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, Request request,
        TenantDb db, IdentityReader reader, IdentityOwners owners, IdentityWriter writer, CancellationToken ct)
    {
        var customer = await ShowCustomer.FindAsync(customerId, db, ct);
        var wanted = await reader.ReadOneAsync(request, customer.Country, ct);
        try
        {
            var added = await writer.AddAsync(customerId, wanted, ct);
            return TypedResults.Created($"/v1/identities/{added.Id}", added);
        }
        catch (DuplicateKeyException)
        {
            throw CustomerResolution.Conflict("identity_taken", "The identity is a customer's already. Move it from there.",
                CustomerResolution.Candidates(await owners.FindAsync([wanted.Identifier], ct)));
        }
    }
}
