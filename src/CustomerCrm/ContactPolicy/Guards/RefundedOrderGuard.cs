using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ContactPolicy.Guards;

/// <summary>Nothing for so many days after an order was refunded: whoever just sent something back is not in the mood.</summary>
internal sealed class RefundedOrderGuard(TenantDb db) : IContactGuard
{
    public string Name => "refunded_order";

    public (string, string)? WhyNot(GuardSetting setting) => setting.Days is null ? ("days", "For how many days after a refund.") : null;

    public async Task<GuardFinding> LookAsync(Id<Customer> customerId, GuardSetting setting, DateTimeOffset now, CancellationToken ct)
    {
        var refunds = await db.QueryTopAsync<DateTimeOffset>(Latest, 1, new { CustomerId = customerId, Now = now }, ct);
        return refunds is [var last] && last > now.AddDays(-setting.Days!.Value)
            ? new GuardFinding(false, last.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
            : new GuardFinding(true, null);
    }

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT r.RefundedAt
        FROM Refunds r
        WHERE r.TenantId = @TenantId
          AND r.CustomerId = @CustomerId
          AND r.RefundedAt <= @Now
        ORDER BY r.RefundedAt DESC
        """);
}
