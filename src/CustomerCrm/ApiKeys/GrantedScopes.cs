using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ApiKeys;

/// <summary>Which scopes a key may give to another: those there are, of those it has itself.</summary>
internal static class GrantedScopes
{
    /// <returns>The scopes as they are stored.</returns>
    /// <exception cref="ApiProblem">422: there is no such scope, or none for pages. 403: the caller does not have it and the key did not before.</exception>
    public static string Of(IReadOnlyList<string> asked, ApiKeyUse use, KnownScopes known, Caller caller, ScopeSet before)
    {
        var unknown = Enumerable.Range(0, asked.Count).Where(i => !known.Has(asked[i]))
            .Select(i => new FieldError($"/scopes/{i}", "unknown_scope", "There is no such scope.")).ToArray();
        if (unknown.Length > 0) throw ApiProblem.Invalid(unknown);

        var secret = Enumerable.Range(0, asked.Count).Where(i => use == ApiKeyUse.Publishable && !known.FromBrowsers.Contains(asked[i]))
            .Select(i => new FieldError($"/scopes/{i}", "scope_not_publishable", $"A publishable key can have: {string.Join(", ", known.FromBrowsers.Order(StringComparer.Ordinal))}.")).ToArray();
        if (secret.Length > 0) throw ApiProblem.Invalid(secret);

        foreach (var scope in asked)
            if (!caller.Scopes.Has(scope) && !before.Has(scope))
                throw ApiProblem.Forbidden("scope_not_held", $"A key can only give what it has, and this one lacks {scope}.");
        return ScopeSet.Of(asked).ToString();
    }
}
