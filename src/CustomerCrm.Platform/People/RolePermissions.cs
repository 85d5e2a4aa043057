using CustomerCrm.Platform.Access;

namespace CustomerCrm.Platform.People;

/// <summary>Which scopes each role has. A scope that nobody wrote down is the owners' alone.</summary>
public sealed class RolePermissions
{
    private readonly IReadOnlyDictionary<string, Role> least;
    private readonly Dictionary<Role, ScopeSet> scopes;

    /// <param name="least">By scope, the last of the roles that has it; those before have it too.</param>
    public RolePermissions(IReadOnlyDictionary<string, Role> least)
    {
        this.least = least;
        scopes = Enum.GetValues<Role>().ToDictionary(
            role => role,
            role => role == Role.Owner ? ScopeSet.Of([ScopeSet.All]) : ScopeSet.Of(least.Where(scope => role <= scope.Value).Select(scope => scope.Key)));
    }

    internal static RolePermissions OfOwnersAlone { get; } = new(new Dictionary<string, Role>());

    /// <summary>The scopes that somebody wrote down.</summary>
    public IEnumerable<string> Written => least.Keys;

    public ScopeSet ScopesOf(Role role) => scopes[role];

    public IEnumerable<Role> RolesWith(string scope) => Enum.GetValues<Role>().Where(role => scopes[role].Has(scope));
}
