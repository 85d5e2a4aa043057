using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers;

/// <summary>
/// Keeps the copy of each customer's expected value that lists are ordered by. Whoever scores customers calls this in the same
/// transaction. The customer's revision goes along, since what it shows has changed; its events and UpdatedAt do not.
/// </summary>
internal sealed class CustomerValues(TenantDb db)
{
    /// <param name="values">In minor units of the tenant's currency; 0 for who has none any more.</param>
    /// <param name="ct">Stops between two customers.</param>
    public Task SetAsync(IEnumerable<(Id<Customer> CustomerId, long CltvMinor)> values, CancellationToken ct) =>
        db.ExecuteEachAsync(Set, values.Select(value => new { value.CustomerId, value.CltvMinor }), ct);

    private static readonly TenantSql Set = TenantSql.Of("""
        UPDATE Customers
        SET CltvMinor = @CltvMinor, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
          AND CltvMinor <> @CltvMinor
        """);
}
