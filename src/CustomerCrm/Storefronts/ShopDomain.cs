namespace CustomerCrm.Storefronts;

/// <summary>Where a shop's webhook says that it comes from: Shopify by a domain, WooCommerce by an address. Pure.</summary>
internal static class ShopDomain
{
    /// <summary>Whether that is the domain that the storefront was given, or one below it (<c>www</c>).</summary>
    public static bool IsOf(string domain, string from) =>
        HostOf(from) is var host && HostOf(domain) is var own && (host == own || host.EndsWith($".{own}", StringComparison.Ordinal));

    private static string HostOf(string told) =>
        Uri.TryCreate(told.Contains("://", StringComparison.Ordinal) ? told : $"https://{told}", UriKind.Absolute, out var address) ? address.Host : told;
}
