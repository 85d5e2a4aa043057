using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.Platform.Access.Limits;

/// <summary>Settings <c>RateLimits</c>: what one key may do, and what all keys of a tenant may do together.</summary>
public sealed class RateLimitOptions
{
    [ValidateObjectMembers] public BucketOptions PerKey { get; init; } = new();
    [ValidateObjectMembers] public BucketOptions PerTenant { get; init; } = new() { Capacity = 3000, RefillPerSecond = 300 };

    /// <summary>What one address may do with a publishable key, so that one visitor of a page does not use up what all others may.</summary>
    [ValidateObjectMembers] public BucketOptions PerVisitor { get; init; } = new() { Capacity = 120, RefillPerSecond = 10 };
}

/// <summary>A bucket of so many requests, refilled so fast. A capacity of 0 switches the limit off.</summary>
public sealed class BucketOptions
{
    [Range(0, 1_000_000)] public int Capacity { get; init; } = 1000;
    [Range(0.01, 1_000_000)] public double RefillPerSecond { get; init; } = 100;
}

/// <summary>
/// Takes a request out of its key's bucket and its tenant's, so that neither a script in a loop nor a tenant with many keys is felt
/// by others. The buckets are those of this process: behind n of them a tenant gets up to n times as much.
/// </summary>
internal sealed class RateLimits
{
    private readonly TokenBuckets perKey, perTenant, perVisitor;
    private readonly TimeProvider clock;
    private readonly StringValues policy, policyOfPages;
    private readonly ConcurrentDictionary<int, StrongBox<long>> tenants = new();

    public RateLimits(IOptions<RateLimitOptions> options, TimeProvider clock)
    {
        perKey = new TokenBuckets("default", options.Value.PerKey, clock);
        perTenant = new TokenBuckets("tenant", options.Value.PerTenant, clock);
        perVisitor = new TokenBuckets("visitor", options.Value.PerVisitor, clock);
        this.clock = clock;
        policy = PolicyOf(perKey, perTenant);
        policyOfPages = PolicyOf(perVisitor, perKey);
    }

    private static string PolicyOf(params IEnumerable<TokenBuckets> buckets) => string.Join(", ", buckets.Where(b => !b.IsOff).Select(b => b.Policy));

    /// <summary>Of a request that a page sent: first out of its visitor's bucket, then out of the key's, which all visitors share.</summary>
    /// <exception cref="ApiProblem">429: one of them is empty.</exception>
    public void TakeOfPage(HttpContext context, ref long visitorFullAt, ref long keyFullAt)
    {
        if (perVisitor.IsOff)
        {
            Take(context, ref keyFullAt, KeyGrant.Installation);
            return;
        }
        var isTaken = perVisitor.TryTake(ref visitorFullAt, clock.GetTimestamp(), out var left, out var wait);
        if (isTaken && !perKey.IsOff)
        {
            isTaken = perKey.TryTake(ref keyFullAt, clock.GetTimestamp(), out var leftOfKey, out var waitOfKey);
            if (!isTaken || leftOfKey < left)
            {
                Say(context, policyOfPages, perKey, leftOfKey, waitOfKey, isTaken);
                return;
            }
        }
        Say(context, policyOfPages, perVisitor, left, wait, isTaken);
    }

    private static void Say(HttpContext context, StringValues policies, TokenBuckets nearest, int left, long wait, bool isTaken)
    {
        context.Response.Headers["RateLimit-Policy"] = policies;
        context.Response.Headers["RateLimit"] = nearest.HeaderFor(left, wait);
        if (!isTaken) throw ApiProblem.QuotaExceeded(nearest.Name, TimeSpan.FromSeconds(wait));
    }

    /// <summary>Says in the headers what is left in the bucket that is nearer to its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fullAt">The key's bucket.</param>
    /// <param name="tenantId">Whose bucket it is to be taken from too; the installation's is without end.</param>
    /// <exception cref="ApiProblem">429: one of them is empty.</exception>
    public void Take(HttpContext context, ref long fullAt, int tenantId)
    {
        if (perKey.IsOff && perTenant.IsOff) return;
        context.Response.Headers["RateLimit-Policy"] = policy;
        var now = clock.GetTimestamp();
        var (left, wait) = (int.MaxValue, 0L);
        // The key's first: what it is refused must not use up what the tenant's other keys may do.
        if (!perKey.IsOff)
        {
            var isTaken = perKey.TryTake(ref fullAt, now, out left, out wait);
            context.Response.Headers["RateLimit"] = perKey.HeaderFor(left, wait);
            if (!isTaken) throw ApiProblem.QuotaExceeded(perKey.Name, TimeSpan.FromSeconds(wait));
        }
        if (perTenant.IsOff || tenantId == KeyGrant.Installation) return;

        var ofTenant = tenants.TryGetValue(tenantId, out var known) ? known : tenants.GetOrAdd(tenantId, _ => new StrongBox<long>());
        var isAllowed = perTenant.TryTake(ref ofTenant.Value, now, out var leftOfTenant, out var waitOfTenant);
        if (!isAllowed || leftOfTenant < left) context.Response.Headers["RateLimit"] = perTenant.HeaderFor(leftOfTenant, waitOfTenant);
        if (!isAllowed) throw ApiProblem.QuotaExceeded(perTenant.Name, TimeSpan.FromSeconds(waitOfTenant));
    }
}
