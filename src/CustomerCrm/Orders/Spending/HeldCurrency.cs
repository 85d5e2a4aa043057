using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders.Spending;

/// <summary>
/// An order's spend is stated in the tenant's currency, which may change until there is an order. So a new one makes sure, in its
/// transaction, that the currency it was worked out in is still the tenant's, and keeps it so.
/// </summary>
internal sealed class HeldCurrency(TenantDb db)
{
    /// <param name="currency">As it was read before, which may be a second old.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">409: it was changed meanwhile.</exception>
    public async Task HoldAsync(string currency, CancellationToken ct)
    {
        if (await db.FindAsync<string>(Hold, null, ct) != currency)
            throw ApiProblem.Conflict("changed_meanwhile", "The tenant's currency has just been changed. Nothing was changed; try again.");
    }

    // SQL Server: a lock that others share, kept to the end, so that a change of the currency waits until this order can be seen.
    // SQLite has one writer.
    private static readonly TenantSql Hold = TenantSql.Of(
        sqlServer: """
            SELECT t.Currency
            FROM Tenants t WITH (REPEATABLEREAD)
            WHERE t.TenantId = @TenantId
            """,
        sqlite: """
            SELECT t.Currency
            FROM Tenants t
            WHERE t.TenantId = @TenantId
            """);
}
