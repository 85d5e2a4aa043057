using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers;

/// <summary>
/// Keeps when a customer was first and last seen. Whoever records that a customer did something calls this in the same
/// transaction. The customer's revision goes along, since what it shows has changed; its events and UpdatedAt do not.
/// </summary>
internal sealed class CustomerSeen(TenantDb db)
{
    /// <summary>Something happened at this time.</summary>
    public Task AtAsync(Id<Customer> customerId, DateTimeOffset at, CancellationToken ct) =>
        db.ExecuteAsync(Widen, new { CustomerId = customerId, At = at }, ct);

    /// <summary>Something that had happened was changed or taken back: looks at all that is left.</summary>
    public async Task RecountAsync(Id<Customer> customerId, CancellationToken ct)
    {
        await db.ExecuteAsync(Hold, new { CustomerId = customerId }, ct);
        await db.ExecuteAsync(Recount, new { CustomerId = customerId }, ct);
    }

    // SQL Server may read as of a statement's beginning: having waited for whoever widened it, the count is a statement that begins afterwards.
    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE Customers
        SET LastSeenAt = LastSeenAt
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
        """);

    private static readonly TenantSql Widen = TenantSql.Of("""
        UPDATE Customers
        SET LastSeenAt = CASE WHEN FirstSeenAt IS NULL OR LastSeenAt < @At THEN @At ELSE LastSeenAt END,
            FirstSeenAt = CASE WHEN FirstSeenAt IS NULL OR FirstSeenAt > @At THEN @At ELSE FirstSeenAt END,
            Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
          AND (FirstSeenAt IS NULL OR FirstSeenAt > @At OR LastSeenAt < @At)
        """);

    // A part for each table that says when a customer did something.
    private static readonly TenantSql Recount = TenantSql.Of("""
        UPDATE Customers
        SET FirstSeenAt = (
                SELECT MIN(f.At) FROM (
                    SELECT MIN(i.OccurredAt) AS At FROM Interactions i WHERE i.TenantId = @TenantId AND i.CustomerId = @CustomerId
                    UNION ALL
                    SELECT MIN(o.PlacedAt) AS At FROM Orders o WHERE o.TenantId = @TenantId AND o.CustomerId = @CustomerId) f),
            LastSeenAt = COALESCE((
                SELECT MAX(l.At) FROM (
                    SELECT MAX(i.OccurredAt) AS At FROM Interactions i WHERE i.TenantId = @TenantId AND i.CustomerId = @CustomerId
                    UNION ALL
                    SELECT MAX(o.PlacedAt) AS At FROM Orders o WHERE o.TenantId = @TenantId AND o.CustomerId = @CustomerId) l), CreatedAt),
            Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
        """);
}
