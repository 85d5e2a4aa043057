using Microsoft.AspNetCore.Builder;

namespace CustomerCrm.Platform.Access;

/// <summary>Who may call an endpoint. Every endpoint under /v1 has exactly one, or it answers nobody.</summary>
public sealed record AccessRule
{
    private AccessRule() { }

    /// <summary>The scope a key must have; null where the rule is another.</summary>
    public string? Scope { get; private init; }

    /// <summary>Pages may call it with a publishable key, which everyone can read.</summary>
    public bool IsForBrowsers { get; private init; }

    /// <summary>Any secret key of a tenant will do.</summary>
    public bool IsForAnyKey { get; private init; }

    /// <summary>Only the operator's key.</summary>
    public bool IsForOperator { get; private init; }

    /// <summary>Nobody needs a key; one that is sent must be the operator's.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Only a person who is signed in, in any role.</summary>
    public bool IsForUsers { get; private init; }

    /// <summary>Only who holds an invitation.</summary>
    public bool IsForInvited { get; private init; }

    /// <summary>The credential is in the body, or none is needed; a key that is sent is not looked at.</summary>
    public bool IsForAnyone { get; private init; }

    internal static AccessRule Needs(string scope, bool alsoFromBrowsers) => new() { Scope = scope, IsForBrowsers = alsoFromBrowsers };
    internal static AccessRule AnyKey { get; } = new() { IsForAnyKey = true };
    internal static AccessRule Operator { get; } = new() { IsForOperator = true };
    internal static AccessRule Open { get; } = new() { IsForOperator = true, IsOpen = true };
    internal static AccessRule User { get; } = new() { IsForUsers = true };
    internal static AccessRule Invited { get; } = new() { IsForInvited = true };
    internal static AccessRule Anyone { get; } = new() { IsForAnyone = true };
}

public static class AccessRuleEndpoints
{
    /// <summary>The key must have this scope, <c>customers:read</c>. Saying it here is also what makes the scope exist.
    /// <paramref name="alsoFromBrowsers"/> lets in publishable keys, which anyone can take from a page.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string scope, bool alsoFromBrowsers = false) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.Needs(scope, alsoFromBrowsers));

    /// <summary>For what a secret key may always know: about itself.</summary>
    public static TBuilder NeedsAnyKey<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.AnyKey);

    /// <summary>For what is above all tenants; <paramref name="unlessOpen"/> lets in who has no key at all.</summary>
    public static TBuilder NeedsOperator<TBuilder>(this TBuilder endpoint, bool unlessOpen = false) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(unlessOpen ? AccessRule.Open : AccessRule.Operator);

    /// <summary>For what a person does for themselves: their password, their sessions.</summary>
    public static TBuilder NeedsUser<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.User);

    /// <summary>For who was invited and is not yet a user.</summary>
    public static TBuilder NeedsInvitation<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.Invited);

    /// <summary>For what comes before any credential. It has no tenant, and a limit of its own for each address.</summary>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.Anyone);
}
