namespace CustomerCrm.Platform.Access;

/// <summary>
/// What a key may do. A scope is exactly itself: <c>orders:write</c> does not include <c>orders:read</c>, so that a storefront
/// can send orders without being able to read customers. <c>*</c> is every scope there is and will be.
/// </summary>
public sealed class ScopeSet
{
    public const string All = "*";

    private readonly HashSet<string> scopes;
    private readonly bool isAll;

    private ScopeSet(IEnumerable<string> scopes)
    {
        this.scopes = new HashSet<string>(scopes, StringComparer.Ordinal);
        isAll = this.scopes.Contains(All);
    }

    public static ScopeSet None { get; } = new([]);

    public static ScopeSet Of(IEnumerable<string> scopes) => new(scopes);

    /// <summary>As stored: separated by spaces.</summary>
    public static ScopeSet Parse(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether whoever has these could give those away.</summary>
    public bool Includes(ScopeSet others) => isAll || (!others.isAll && others.scopes.IsSubsetOf(scopes));

    public bool Has(string scope) => isAll || scopes.Contains(scope);

    /// <summary>As stored and as shown: in order, each once.</summary>
    public IReadOnlyList<string> Names => [.. scopes.Order(StringComparer.Ordinal)];

    public override string ToString() => string.Join(' ', Names);
}
