using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Access;

/// <summary>
/// The route groups that stand outside API keys, strict JSON, the refusal of unknown query parameters and Idempotency-Key.
/// Everything else needs a key, whether it exists or not. Whoever adds a line says here what protects it instead.
/// </summary>
public static class OutsideRoutes
{
    public static IReadOnlyList<OutsideGroup> All { get; } =
    [
        new("/health", "Says up or not, and nothing about any tenant."),
        new("/callbacks", "Each path ends in a signed token of one provider's account, and what comes is signed by the provider where it signs; limited for each address and each account, bounded bodies, and nothing twice."),
        new("/docs", "The public documentation; the pages hold no data."),
        new("/openapi", "The public description of the API."),
        new("/openapi.yaml", "The public description of the API."),
        new("/help", "A tenant's public pages, by a name that is no secret: they show what the tenant has published to everybody, and more to whom a signed link has brought. Limited for each address; what is sent in is limited again, and comes from the pages themselves."),
        new("/v1/hooks", "The address holds a token of 256 random bits, kept as its hash; a hook may ask for an HMAC too, and a storefront always does. A limit for each token and each address, a bounded body, and nothing twice."),
        new("/preferences", "Each path ends in a signed link of one customer; limited for each address; it changes what that customer said, which saying twice does once."),
        new("/survey", "Each path ends in a signed link of one invitation; limited for each address, bounded bodies; the first answer counts, and no other."),
        new("/unsubscribe", "Each path ends in a signed link of one customer; limited for each address; it takes consent away, and nothing else."),
        new("/problems", "Explains problem codes; the pages hold no data."),
    ];

    public static bool Has(PathString path)
    {
        foreach (var group in All)
            if (path.StartsWithSegments(group.Prefix, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

/// <param name="Prefix">The first segment or segments of its paths.</param>
/// <param name="Protection">Its own credential, limits and dedupe; or why it needs none.</param>
public sealed record OutsideGroup(PathString Prefix, string Protection);
