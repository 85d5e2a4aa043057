using System.Collections.Concurrent;
using CustomerCrm.Platform.Access.Keys;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Access.Limits;

/// <summary>The rate limit's bucket of each address that calls without a key, or with one that stands in a page: a flood from one does not shut out the others.</summary>
internal sealed class AddressUses
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, KeyUse> uses = new(StringComparer.Ordinal);

    public KeyUse Of(HttpContext context) => Of(ClientAddress.Of(context));

    /// <summary>The same address is another visitor of another key's pages.</summary>
    public KeyUse Of(HttpContext context, Guid keyId) => Of($"{ClientAddress.Of(context)} {keyId:N}");

    private KeyUse Of(string address)
    {
        if (uses.TryGetValue(address, out var use)) return use;
        if (uses.Count >= Most) uses.Clear();
        return uses.GetOrAdd(address, static _ => new KeyUse());
    }
}
