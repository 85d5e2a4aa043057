using CustomerCrm.Platform.Access.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Access.Limits;

/// <summary>For routes outside the API, which no key limits.</summary>
public static class AddressLimits
{
    /// <summary>Each request is taken from the bucket of the address it comes from, before its handler runs; 429 where that is empty.</summary>
    public static RouteGroupBuilder LimitsAddresses(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter((context, next) =>
        {
            var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
            services.GetRequiredService<RateLimits>().Take(http, ref services.GetRequiredService<AddressUses>().Of(http).FullAt, KeyGrant.Installation);
            return next(context);
        });
        return group;
    }
}
