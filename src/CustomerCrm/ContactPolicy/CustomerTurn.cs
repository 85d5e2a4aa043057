using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ContactPolicy;

/// <summary>
/// Who decides about a message to a customer takes the customer's turn first, and holds it until the commit: so of fifty who decide at the
/// same time each sees what those before it decided, also at READ COMMITTED.
/// </summary>
public sealed class CustomerTurn(TenantDb db)
{
    /// <exception cref="ApiProblem">404: there is no such customer.</exception>
    public async Task TakeAsync(Id<Customer> customerId, CancellationToken ct)
    {
        while (await db.ExecuteAsync(Take, new { CustomerId = customerId }, ct) == 0)
        {
            try
            {
                if (await db.ExecuteAsync(Begin, new { CustomerId = customerId }, ct) == 0) throw ApiProblem.NotFound("customer");
                return;
            }
            catch (DuplicateKeyException)
            {
                // Another one began it meanwhile: wait for that one.
            }
        }
    }

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE ContactTurns
        SET Turn = 1 - Turn
        WHERE TenantId = @TenantId
          AND CustomerId = @CustomerId
        """);

    // Selecting from Customers makes another tenant's customer insert nothing.
    private static readonly TenantSql Begin = TenantSql.Of("""
        INSERT INTO ContactTurns (TenantId, CustomerId, Turn)
        SELECT c.TenantId, c.Id, 0
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);
}
