using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Resolution;

/// <summary>Finds the customer whom a description means, or makes one, inside the caller's transaction: for orders and interactions that arrive with their customer.</summary>
internal sealed class CustomerFinder(IdentityReader reader, IdentityOwners owners, CustomerWriter writer, IdentityWriter identityWriter, StatedIdentities statedIdentities)
{
    // The second time finds what somebody else wrote between our look and our write.
    private const int Attempts = 3;

    /// <summary>
    /// Never ambiguous: of several customers the surest is taken (an external id before an e-mail address before a phone number).
    /// Identities that nobody has yet become that customer's; the profile of a customer who exists stays as it is, and so do the primary identities.
    /// </summary>
    /// <param name="details">Who is meant.</param>
    /// <param name="pointer">Where in the body that stands: <c>/customer</c>.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422: an identity cannot be read, or there is none.</exception>
    public async Task<Id<Customer>> FindOrCreateAsync(CustomerDetails details, string pointer, CancellationToken ct) => (await FindOrMakeAsync(details, pointer, ct)).Id;

    /// <inheritdoc cref="FindOrCreateAsync"/>
    /// <returns>Who it is, and whether nobody was it before.</returns>
    public async Task<(Id<Customer> Id, bool IsNew)> FindOrMakeAsync(CustomerDetails details, string pointer, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (identities, owned) = await LookAsync(details, pointer, ct);
            if (CustomerResolution.Candidates(owned) is [var surest, ..])
            {
                await GiveAsync(surest.CustomerId, identities, owned, ct);
                return (surest.CustomerId, false);
            }
            if (await writer.TryAddAsync(details, identities, pointer, ct) is { } added) return (added.Id, true);
            if (attempt == Attempts) throw ApiProblem.Conflict("changed_meanwhile", "Somebody else is writing the same customer. Nothing was changed; try again.");
        }
    }

    /// <summary>What <see cref="FindOrCreateAsync"/> goes by: what somebody is recognised by, and whose that is by now. Only reads.</summary>
    /// <inheritdoc cref="FindOrCreateAsync" path="/exception"/>
    public async Task<(IReadOnlyList<NewIdentity> Identities, IReadOnlyList<OwnedIdentity> Owned)> LookAsync(CustomerDetails details, string pointer, CancellationToken ct)
    {
        var identities = await reader.ReadAsync(details, pointer, ct);
        if (identities.Count == 0) throw ApiProblem.Invalid(pointer, "identity_required", "Say at least one of email, phone, external_ids and identities.");
        return (identities, await owners.FindAsync(identities.Select(i => i.Identifier), ct));
    }

    /// <summary>Gives a customer those of the identities that are nobody's, and lets what is stated of the customer's own come true.</summary>
    public async Task AttachAsync(Id<Customer> customerId, IReadOnlyList<NewIdentity> identities, IReadOnlyList<OwnedIdentity> owned, CancellationToken ct)
    {
        await GiveAsync(customerId, identities, owned, ct);
        await statedIdentities.ConfirmAsync(customerId, identities, ct);
    }

    // None takes the primary one's place here: whoever is faster may take the identity away, and then the old one has to be it still.
    private async Task GiveAsync(Id<Customer> customerId, IReadOnlyList<NewIdentity> identities, IReadOnlyList<OwnedIdentity> owned, CancellationToken ct)
    {
        foreach (var free in identities.Where(i => owned.All(o => o.Identifier != i.Identifier)))
        {
            try
            {
                await identityWriter.AddAsync(customerId, free with { IsPrimary = false }, ct);
            }
            catch (DuplicateKeyException)
            {
                // Somebody was faster. Whose it is now is theirs to say.
            }
        }
    }
}
