using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerCrm.Platform.Access;

/// <summary>
/// Lets a request in by its <c>Authorization: Bearer</c> key (RFC 6750), or not: 401 whatever is wrong with the key and whether the
/// route exists or not, 429 when the key's bucket is empty, 403 when a page of this origin may not use it or it lacks the endpoint's scope; in this order.
/// A key that is already known costs a hash and a look-up.
/// </summary>
internal sealed class BearerAuthentication(RequestDelegate next, ApiKeyCache keys, AddressUses addresses, RateLimits limits, CrossOrigin crossOrigin, LinkTickets tickets, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context, CurrentTenant tenant, Caller caller)
    {
        var endpoint = context.GetEndpoint();
        var rule = endpoint?.Metadata.GetMetadata<AccessRule>();
        if (rule is null && OutsideRoutes.Has(context.Request.Path)) return next(context);

        var authorization = context.Request.Headers.Authorization;
        if (rule is { IsForAnyone: true } || (authorization.Count == 0 && rule is { IsOpen: true }))
        {
            tenant.Set(KeyGrant.Installation);
            CrossOrigin.ShareWithAll(context);
            limits.Take(context, ref addresses.Of(context).FullAt, KeyGrant.Installation);
            return next(context);
        }

        if (authorization.Count == 0 && endpoint?.Metadata.GetMetadata<TicketMarker>() is not null && MaskedPaths.TokenOf(context) is { } ticket)
            return LetInByTicketAsync(context, ticket, tenant);

        if (authorization.Count != 1 || !TryReadKey(authorization[0], out var kind, out var hash)) throw Refusal(context);

        var finding = keys.FindAsync(kind, hash, context.RequestAborted);
        if (!finding.IsCompletedSuccessfully) return LetInAsync(context, finding, endpoint, rule, tenant, caller);

        LetIn(context, finding.Result, endpoint, rule, tenant, caller);
        return next(context);
    }

    // It opens one address and nothing else, so it has no scopes, and the caller is nobody in particular.
    private async Task LetInByTicketAsync(HttpContext context, string ticket, CurrentTenant tenant)
    {
        limits.Take(context, ref addresses.Of(context).FullAt, KeyGrant.Installation);
        if (await tickets.RedeemAsync(ticket, context.Request.Path, isSpent: !HeadMiddleware.IsHead(context), context.RequestAborted) is not { } tenantId) throw Refusal(context);
        tenant.Set(tenantId);
        CrossOrigin.ShareWithAll(context); // the address is the credential, and whoever has it may be a page
        await next(context);
    }

    private async Task LetInAsync(
        HttpContext context, ValueTask<KnownKey?> finding, Endpoint? endpoint, AccessRule? rule, CurrentTenant tenant, Caller caller)
    {
        LetIn(context, await finding, endpoint, rule, tenant, caller);
        await next(context);
    }

    private void LetIn(HttpContext context, KnownKey? key, Endpoint? endpoint, AccessRule? rule, CurrentTenant tenant, Caller caller)
    {
        var now = clock.GetUtcNow();
        if (key is null || key.Grant.ExpiresAt <= now) throw Refusal(context);

        key.Use.LastUsed = now.UtcTicks;
        // Whoever reads a page's source has its key: what strangers do with it must not use up what the shop's own keys may do.
        if (key.Grant.IsPublishable) limits.TakeOfPage(context, ref addresses.Of(context, key.Grant.KeyId).FullAt, ref key.Use.FullAt);
        else limits.Take(context, ref key.Use.FullAt, key.Grant.TenantId);
        crossOrigin.Admit(context, key.Grant.Origins, key.Grant.IsPublishable);
        Check(context, endpoint, rule, key.Grant);
        tenant.Set(key.Grant.TenantId);
        caller.Set(key.Grant);
    }

    private static void Check(HttpContext context, Endpoint? endpoint, AccessRule? rule, KeyGrant grant)
    {
        if (rule is null)
        {
            // No route: the answer will be 404, 405 or 415. A route without a rule is a mistake of ours, and answers nobody.
            if (endpoint is RouteEndpoint) throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may call it.");
            return;
        }
        if (rule.IsForOperator && grant.Kind != ApiKeyKind.Operator)
            throw ApiProblem.Forbidden("operator_only", "Only the operator of this installation can do this.");
        if (rule.IsForAnyKey && grant.Kind is ApiKeyKind.Operator or ApiKeyKind.Invitation)
            throw ApiProblem.Forbidden("tenant_only", "This needs the key of a tenant; the operator has no data.");
        if (grant.IsPublishable && !rule.IsForBrowsers)
            throw ApiProblem.Forbidden("secret_key_only", "This needs a secret key; the key that was sent is publishable.");
        if (rule.IsForUsers && grant.User is null)
            throw ApiProblem.Forbidden("user_only", "This is for people who are signed in; a key of a program has no password and no sessions.");
        if (rule.IsForInvited && grant.Kind != ApiKeyKind.Invitation)
            throw ApiProblem.Forbidden("invitation_only", "This needs the token that came with an invitation.");
        if (rule.Scope is not null && !grant.Scopes.Has(rule.Scope)) throw Lacking(context, rule.Scope, grant);
    }

    // Apart from Check, so that its closure is not made for every request.
    private static ApiProblem Lacking(HttpContext context, string scope, KeyGrant grant)
    {
        // The problem is written elsewhere, on an emptied response: this header must outlive that.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            return Task.CompletedTask;
        });
        return ApiProblem.Forbidden("scope_missing", grant.User is { } user
            ? $"This needs the scope {scope}, which the role {user.Role.ToString().ToLowerInvariant()} does not have."
            : $"The API key lacks the scope {scope}.");
    }

    private static bool TryReadKey(string? authorization, out ApiKeyKind kind, out KeyHash hash)
    {
        var text = authorization.AsSpan();
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return ApiKeyText.TryRead(text[Scheme.Length..].Trim(' '), out kind, out hash);
        (kind, hash) = (default, default);
        return false;
    }

    // One answer for every reason, so that it teaches nothing about keys.
    private static ApiProblem Refusal(HttpContext context)
    {
        CrossOrigin.ShareWithAll(context);
        return ApiProblem.Unauthorized("unauthenticated", "This needs a valid API key, sent as \"Authorization: Bearer <key>\".");
    }
}
