using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers;

/// <summary>PUT /customers/by-external-id/{source}/{external_id}: a storefront states its customer, new or known, as often as it likes.</summary>
public static class UpsertCustomer
{
    private const int Attempts = 3;

    public sealed record Request : CustomerDetails
    {
        /// <summary>Where the external id is new but another identity is one customer's: true gives that customer the id, false answers 409.</summary>
        public bool LinksExisting { get; init; }
    }

    internal static async Task<IResult> Handle(
        string source, [FromRoute(Name = "external_id")] string externalId, Request request, IfMatch ifMatch, EditConflicts conflicts,
        TenantDb db, IdentityReader reader, IdentityOwners owners, CustomerWriter writer, CustomerFinder finder, CancellationToken ct)
    {
        var external = Identifier.External(source, externalId);
        if (!external.IsValid) throw ApiProblem.BadRequest("external_id_invalid", external.Detail);
        var stated = await reader.ReadAsync(request, "", ct);
        var identities = stated.All(i => i.Identifier != external.Value) ? [.. stated, new NewIdentity(external.Value, IsPrimary: stated.All(i => i.Identifier.Kind != IdentityKind.External))] : stated;

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var owned = await owners.FindAsync(identities.Select(i => i.Identifier), ct);
            if (OwnerAmong(owned, external.Value, request.LinksExisting) is { } owner)
            {
                var current = await ShowCustomer.FindAsync(owner, db, ct);
                await conflicts.CheckAsync(ifMatch, owner, current.Revision, request, ct);
                await writer.ChangeAsync(current, request, ct);
                await finder.AttachAsync(owner, identities, owned, ct);
                return TypedResults.Ok(await ShowCustomer.FindAsync(owner, db, ct));
            }
            ifMatch.CheckAbsent();
            if (await writer.TryAddAsync(request, identities, "", ct) is { } added) return TypedResults.Created($"/v1/customers/{added.Id}", added);
        }
        throw ApiProblem.Conflict("changed_meanwhile", "Somebody else is writing the same customer. Nothing was changed; try again.");
    }

    /// <summary>Pure. The customer to be changed; null where one is to be made.</summary>
    /// <exception cref="ApiProblem">409: the identities are not all one customer's, or that customer is not known by this external id.</exception>
    internal static Id<Customer>? OwnerAmong(IReadOnlyList<OwnedIdentity> owned, Identifier external, bool linksExisting)
    {
        var customers = owned.Select(o => o.CustomerId).Distinct().ToArray();
        var byExternalId = owned.FirstOrDefault(o => o.Identifier == external);
        if (customers.Length == 0) return null;
        if (customers.Length == 1 && (byExternalId is not null || linksExisting)) return customers[0];

        var others = owned.Where(o => o.CustomerId != byExternalId?.CustomerId);
        throw CustomerResolution.Conflict("customer_exists",
            "An identity is another customer's already. Move it, or set links_existing where the external id is new.", CustomerResolution.Candidates(others));
    }
}
