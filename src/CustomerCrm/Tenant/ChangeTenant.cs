using System.ComponentModel.DataAnnotations;
using CustomerCrm.Money;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Tenant;

/// <summary>PATCH /tenant: the settings of the key's data set.</summary>
public static class ChangeTenant
{
    public sealed record Request
    {
        [Required, StringLength(200, MinimumLength = 1), TenantName] public Change<string> Name { get; init; }
        [Required, StringLength(64), TimeZoneName] public Change<string> TimeZone { get; init; }
        [Required, StringLength(3), CurrencyCode] public Change<string> Currency { get; init; }
        [Required, StringLength(35), LanguageTag] public Change<string> Locale { get; init; }
        [Required] public Change<DayOfWeek?> WeekStart { get; init; }

        /// <summary>Per month, 0 to below 1.</summary>
        [Required, Range(0, 0.99)] public Change<double?> DiscountRate { get; init; }

        /// <summary>All the web origins whose pages may call with a credential of this data set; in force within a second.</summary>
        /// <example>["https://shop.example.com"]</example>
        [MaxLength(WebOriginsAttribute.Most), WebOrigins] public Change<IReadOnlyList<string>> AllowedOrigins { get; init; }

        /// <summary>The colour of the pages that customers see, as #rrggbb; null for a dark grey. What is written on it is made readable.</summary>
        /// <example>#0b6e4f</example>
        [StringLength(7), RegularExpression("^#[0-9a-fA-F]{6}$")] public Change<string> BrandColor { get; init; }

        /// <summary>For how many days a double opt-in can be confirmed.</summary>
        [Required, Range(1, 90)] public Change<int?> OptInDays { get; init; }
    }

    internal static async Task<TenantSettings> Handle(
        Request request, IfMatch ifMatch, TenantDb db, CurrentTenant tenant, RecentSettings recent, IEnumerable<IFollowsCalendar> followers, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = (await db.FindAsync<TenantSettings>(TenantSettings.OfTenant, null, ct))!;
        ifMatch.Check(current.Revision);

        var changed = current with
        {
            Name = request.Name.Or(current.Name)!,
            TimeZone = request.TimeZone.Or(current.TimeZone)!,
            Currency = request.Currency.Or(current.Currency)!,
            Locale = request.Locale.IsSet ? LocaleTag.Of(request.Locale.Value)! : current.Locale,
            WeekStart = request.WeekStart.Or(current.WeekStart)!.Value,
            DiscountRate = request.DiscountRate.Or(current.DiscountRate)!.Value,
            OriginText = request.AllowedOrigins.IsSet ? OriginSet.Of(request.AllowedOrigins.Value ?? []).ToString() : current.OriginText,
            BrandColor = request.BrandColor.Or(current.BrandColor),
            OptInDays = request.OptInDays.Or(current.OptInDays)!.Value,
        };
        if (changed == current) return current;

        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, new
        {
            changed.Name, changed.TimeZone, changed.Currency, changed.Locale, changed.WeekStart, changed.DiscountRate, changed.OriginText, changed.BrandColor, changed.OptInDays, changed.Revision, changed.UpdatedAt,
        }, ct) == 0) throw ApiProblem.PreconditionFailed();
        if (changed.Currency != current.Currency && await db.FindAsync<int?>(RevisionOfOneWithOrders, null, ct) is not null)
            throw ApiProblem.Conflict("currency_in_use", "There are orders, maybe in the recycle bin, whose spend and rates are in the present currency; it can only be changed before the first order.");
        events.Record("tenant.updated", changed);
        if ((changed.TimeZone, changed.WeekStart) != (current.TimeZone, current.WeekStart))
            foreach (var follower in followers) await follower.MovedAsync(ct);
        var tenantId = tenant.Id;
        db.AfterCommit(() => recent.Remember(tenantId, changed));
        return changed;
    }

    // Asked after the update: that waits for orders that are just being placed, which hold the tenant's row until they are
    // committed, and one that is placed later finds the new currency (HeldCurrency). An order in the bin, its own or its
    // customer's, comes back with the spend it had.
    private static readonly TenantSql RevisionOfOneWithOrders = TenantSql.Of("""
        SELECT t.Revision
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND (EXISTS (SELECT 1 FROM Orders o WHERE o.TenantId = t.TenantId)
            OR EXISTS (SELECT 1 FROM RemovedRows b WHERE b.TenantId = t.TenantId AND b.TableName = 'Orders'))
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Tenants
        SET Name = @Name, TimeZone = @TimeZone, Currency = @Currency, Locale = @Locale, WeekStart = @WeekStart,
            DiscountRate = @DiscountRate, AllowedOrigins = @OriginText, BrandColor = @BrandColor, OptInDays = @OptInDays, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Revision = @Revision - 1
        """);
}
