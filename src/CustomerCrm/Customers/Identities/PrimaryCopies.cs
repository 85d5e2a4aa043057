using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Identities;

/// <summary>
/// The customer's copies of its primary e-mail address and phone number. Whoever changes identities holds the customer first
/// (its row is written, its revision goes up) and has the values copied last.
/// </summary>
internal sealed class PrimaryCopies(TenantDb db, FieldHistory history, TimeProvider clock)
{
    /// <exception cref="ApiProblem">404: there is no such customer.</exception>
    public async Task<Held> HoldAsync(Id<Customer> customerId, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Hold, new { CustomerId = customerId, Now = clock.GetUtcNow() }, ct) == 0) throw ApiProblem.NotFound("customer");
        return await FindAsync(customerId, ct);
    }

    public async Task CopyAsync(Held before, CancellationToken ct)
    {
        await db.ExecuteAsync(Copy, new { CustomerId = before.Id }, ct);
        var after = await FindAsync(before.Id, ct);
        await history.RecordAsync(after.Id, after.Id.Value, after.Revision, before, after, ct);
    }

    private async Task<Held> FindAsync(Id<Customer> customerId, CancellationToken ct) => (await db.FindAsync<Held>(ById, new { CustomerId = customerId }, ct))!;

    /// <summary>A customer who waits for its identities.</summary>
    public sealed record Held
    {
        public required Id<Customer> Id { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public required int Revision { get; init; }
    }

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE Customers
        SET Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT c.Id, c.Email, c.Phone, c.Revision
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    private static readonly TenantSql Copy = TenantSql.Of("""
        UPDATE Customers
        SET Email = (SELECT e.Value FROM Identities e
                     WHERE e.TenantId = @TenantId AND e.CustomerId = @CustomerId AND e.Kind = 1 AND e.IsPrimary = 1),
            Phone = (SELECT p.Value FROM Identities p
                     WHERE p.TenantId = @TenantId AND p.CustomerId = @CustomerId AND p.Kind = 2 AND p.IsPrimary = 1)
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
        """);
}
