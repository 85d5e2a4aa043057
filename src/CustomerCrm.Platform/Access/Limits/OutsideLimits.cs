using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Access.Limits;

/// <summary>The rate limits of routes that have no API key: a bucket for each address that tries credentials, and one for each credential that is right.</summary>
public sealed class OutsideLimits
{
    private const int Most = 100_000;

    private readonly RateLimits limits;
    private readonly AddressUses addresses;
    private readonly ConcurrentDictionary<Guid, StrongBox<long>> owners = new();

    internal OutsideLimits(RateLimits limits, AddressUses addresses) => (this.limits, this.addresses) = (limits, addresses);

    /// <summary>The credential was wrong: the address pays.</summary>
    /// <exception cref="ApiProblem">429: it tries too many.</exception>
    public void Refuse(HttpContext http) => limits.Take(http, ref addresses.Of(http).FullAt, KeyGrant.Installation);

    /// <summary>The credential was right, and the request is its tenant's: many may come from one address, as a provider's do.</summary>
    /// <param name="http">The request.</param>
    /// <param name="owner">Of the credential.</param>
    /// <exception cref="ApiProblem">429: too much comes by this one, or to this tenant.</exception>
    public void Admit(HttpContext http, Guid owner)
    {
        if (owners.Count >= Most) owners.Clear();
        limits.Take(http, ref owners.GetOrAdd(owner, static _ => new StrongBox<long>()).Value, http.RequestServices.GetRequiredService<CurrentTenant>().Id);
    }
}
