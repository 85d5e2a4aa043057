using System.ComponentModel.DataAnnotations;
using CustomerCrm.ApiKeys;
using CustomerCrm.Money;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Tenants;

/// <summary>
/// POST /tenants: a new tenant with its live and its test data, and one key for each. It has no tenant of its own, so its
/// idempotency record belongs to the installation: callers who have no tenant share one space of Idempotency-Keys.
/// </summary>
public static class CreateTenant
{
    public sealed record Request
    {
        [StringLength(200, MinimumLength = 1), TenantName] public required string Name { get; init; }

        /// <summary>An IANA name.</summary>
        [StringLength(64), TimeZoneName] public string TimeZone { get; init; } = "UTC";

        /// <summary>ISO 4217.</summary>
        [StringLength(3), CurrencyCode] public string Currency { get; init; } = "EUR";

        /// <summary>A BCP 47 language tag.</summary>
        [StringLength(35), LanguageTag] public string Locale { get; init; } = "en";

        public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

        /// <summary>Per month, 0 to below 1.</summary>
        [Range(0, 0.99)] public double DiscountRate { get; init; } = 0.01;
    }

    /// <summary>The new tenant. Only the first answer holds the keys.</summary>
    public sealed record Response : IHoldsSecret
    {
        public required Id<TenantAccount> Id { get; init; }
        public required string Name { get; init; }
        public required FirstKey Live { get; init; }
        public required FirstKey Test { get; init; }

        /// <summary>False in the replay of a repeated request: the keys were shown before, and are not kept.</summary>
        public bool AreKeysShown => Live.Key is not null;

        public object WithoutSecret() => this with { Live = Live with { Key = null }, Test = Test with { Key = null } };
    }

    /// <summary>The first key of a data set, which may do everything in it.</summary>
    public sealed record FirstKey
    {
        public required Id<ApiKey> Id { get; init; }
        public required string? Key { get; init; }
    }

    internal static async Task<Created<Response>> Handle(Request request, TenantRegistry tenants, CancellationToken ct)
    {
        var account = await tenants.CreateAsync(new TenantProfile
        {
            Name = request.Name,
            TimeZone = request.TimeZone,
            Currency = request.Currency,
            Locale = LocaleTag.Of(request.Locale),
            WeekStart = request.WeekStart,
            DiscountRate = request.DiscountRate,
        }, ct);
        return TypedResults.Created("/v1/tenant", new Response
        {
            Id = new Id<TenantAccount>(account.AccountId),
            Name = request.Name,
            Live = new FirstKey { Id = new Id<ApiKey>(account.Live.KeyId), Key = account.Live.Key },
            Test = new FirstKey { Id = new Id<ApiKey>(account.Test.KeyId), Key = account.Test.Key },
        });
    }
}
