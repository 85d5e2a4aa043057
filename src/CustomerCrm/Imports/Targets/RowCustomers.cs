using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>Whose an order, interaction or consent is, found and refused as it will be when the row is written. Makes and changes nobody.</summary>
internal sealed class RowCustomers(TenantDb db, CustomerFinder finder)
{
    /// <param name="customerId">Who is named,</param>
    /// <param name="details">or described.</param>
    /// <param name="rehearsal">Whom earlier rows would have made, and what they would have been given.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null: the row says nobody.</returns>
    /// <exception cref="ApiProblem">404: there is no such customer. 422: an identity cannot be read, or there is none.</exception>
    public async Task<RowCustomer?> FindAsync(Id<Customer>? customerId, CustomerDetails? details, Rehearsal? rehearsal, CancellationToken ct)
    {
        if (customerId is { } named) return new RowCustomer((await ShowCustomer.FindAsync(named, db, ct)).Id, IsNew: false);
        if (details is null) return null;

        var (identities, owned) = await finder.LookAsync(details, "/customer", ct);
        RowOwner[] known =
        [
            .. identities.Select(i => owned.FirstOrDefault(o => o.Identifier == i.Identifier) is { } one ? new RowOwner(one, IsNew: false) : rehearsal?.Find<RowOwner>(i.Identifier)).OfType<RowOwner>(),
        ];
        NewIdentity[] free = [.. identities.Where(i => known.All(k => k.Identity.Identifier != i.Identifier))];
        return CustomerResolution.Candidates(known.Select(k => k.Identity)) is [var surest, ..]
            ? new RowCustomer(surest.CustomerId, known.First(k => k.Identity.CustomerId == surest.CustomerId).IsNew) { Free = free }
            : new RowCustomer(Id<Customer>.New(), IsNew: true) { Free = free };
    }

    /// <summary>A row that is decided would have made its customer, or given what was nobody's.</summary>
    public static void Keep(RowCustomer whose, Rehearsal rehearsal)
    {
        foreach (var identity in whose.Free)
            rehearsal.KeepIfNeeded(identity.Identifier, new RowOwner(new OwnedIdentity(whose.Id, identity.Identifier, identity.IsVerified), whose.IsNew));
    }

    private sealed record RowOwner(OwnedIdentity Identity, bool IsNew);
}

/// <summary>Whose a row is.</summary>
/// <param name="Id">Of somebody who is not there yet, one that stands for nobody else while the file is looked at.</param>
/// <param name="IsNew">The file makes this one.</param>
internal sealed record RowCustomer(Id<Customer> Id, bool IsNew)
{
    /// <summary>What is nobody's yet, and will be this one's.</summary>
    public IReadOnlyList<NewIdentity> Free { get; init; } = [];
}
