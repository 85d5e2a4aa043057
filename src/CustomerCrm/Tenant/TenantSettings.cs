using System.Text.Json.Serialization;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Tenant;

/// <summary>What a tenant says of itself, for the data set of the key: live and test data each have settings of their own.</summary>
public sealed record TenantSettings : IVersioned
{
    public required Id<TenantAccount> Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Whether this is the test data.</summary>
    public required bool IsTest { get; init; }

    /// <summary>An IANA time zone: days and months of reports are in it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>ISO 4217: what spend is counted in.</summary>
    public required string Currency { get; init; }

    /// <summary>A BCP 47 language tag.</summary>
    public required string Locale { get; init; }

    /// <summary>The first day of a week in reports.</summary>
    public required DayOfWeek WeekStart { get; init; }

    /// <summary>By which a customer's future value is discounted, per month: 0.01 is 1 %.</summary>
    public required double DiscountRate { get; init; }

    /// <summary>The web origins whose pages may call with a credential of this data set; publishable keys have origins of their own.</summary>
    public IReadOnlyList<string> AllowedOrigins => OriginSet.Parse(OriginText).Names;

    /// <summary>The colour of the pages that customers see: preferences, unsubscribing. Null: a dark grey.</summary>
    /// <example>#0b6e4f</example>
    public string? BrandColor { get; init; }

    /// <summary>For how many days a double opt-in can be confirmed.</summary>
    public required int OptInDays { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The origins as they are stored, separated by spaces.</summary>
    [JsonIgnore]
    internal string? OriginText { get; init; }

    /// <summary>The tenant's days.</summary>
    [JsonIgnore]
    public TenantCalendar Calendar => TenantCalendar.In(TimeZone);

    internal static readonly TenantSql OfTenant = TenantSql.Of("""
        SELECT t.AccountId AS Id, t.Name, t.IsTest, t.TimeZone, t.Currency, t.Locale, t.WeekStart, t.DiscountRate, t.AllowedOrigins AS OriginText, t.BrandColor, t.OptInDays, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM Tenants t
        WHERE t.TenantId = @TenantId
        """);
}
