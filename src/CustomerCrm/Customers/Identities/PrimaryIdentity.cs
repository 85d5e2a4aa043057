namespace CustomerCrm.Customers.Identities;

/// <summary>Which identity of a kind is used when the primary one goes.</summary>
internal static class PrimaryIdentity
{
    /// <returns>A verified one before others, then the oldest; null when none is left.</returns>
    public static Identity? After(Identity gone, IEnumerable<Identity> ofTheCustomer) => Among(ofTheCustomer.Where(i => i.Kind == gone.Kind && i.Id != gone.Id));

    /// <inheritdoc cref="After"/>
    public static Identity? Among(IEnumerable<Identity> ofOneKind) => ofOneKind
        .OrderByDescending(i => i.IsVerified).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id.ToString(), StringComparer.Ordinal)
        .FirstOrDefault();
}
