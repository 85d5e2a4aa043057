using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Customers;

/// <summary>A new customer, unless one of its identities is somebody's already: then 409 says whose.</summary>
public static class AddCustomer
{
    public sealed record Request : CustomerDetails;

    internal static async Task<Created<Customer>> Handle(Request request, IdentityReader reader, IdentityOwners owners, CustomerWriter writer, CancellationToken ct)
    {
        var customer = await AddAsync(request, reader, owners, writer, ct);
        return TypedResults.Created($"/v1/customers/{customer.Id}", customer);
    }

    /// <exception cref="ApiProblem">422: an identity cannot be read. 409: it is somebody's.</exception>
    internal static async Task<Customer> AddAsync(CustomerDetails details, IdentityReader reader, IdentityOwners owners, CustomerWriter writer, CancellationToken ct)
    {
        var identities = await reader.ReadAsync(details, "", ct);
        if (await writer.TryAddAsync(details, identities, "", ct) is { } added) return added;

        var owned = await owners.FindAsync(identities.Select(i => i.Identifier), ct);
        throw CustomerResolution.Conflict("customer_exists",
            "An identity is another customer's already. Change that customer, move the identity, or resolve.", CustomerResolution.Candidates(owned));
    }
}
