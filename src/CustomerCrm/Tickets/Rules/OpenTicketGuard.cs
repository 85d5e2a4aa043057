using System.Globalization;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Rules;

/// <summary>Nothing to who waits for something to be settled: a ticket of theirs that is neither solved nor closed.</summary>
internal sealed class OpenTicketGuard(TenantDb db) : IContactGuard
{
    public string Name => "open_ticket";

    public (string, string)? WhyNot(GuardSetting setting) => null;

    public async Task<GuardFinding> LookAsync(Id<Customer> customerId, GuardSetting setting, DateTimeOffset now, CancellationToken ct) =>
        await db.QueryTopAsync<int>(Open, 1, new { CustomerId = customerId }, ct) is [var number] ? new GuardFinding(false, string.Create(CultureInfo.InvariantCulture, $"#{number}")) : new GuardFinding(true, null);

    private static readonly TenantSql Open = TenantSql.Of("""
        SELECT t.Number
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.CustomerId = @CustomerId
          AND t.Category < 5
        ORDER BY t.CreatedAt DESC, t.Id DESC
        """);
}
