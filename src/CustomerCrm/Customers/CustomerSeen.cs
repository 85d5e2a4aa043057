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
    public Task RecountAsync(Id<Customer> customerId, CancellationToken ct) =>
        db.ExecuteAsync(Recount, new { CustomerId = customerId }, ct);

    private static readonly TenantSql Widen = TenantSql.Of("""
        UPDATE Customers
        SET LastSeenAt = CASE WHEN FirstSeenAt IS NULL OR LastSeenAt < @At THEN @At ELSE LastSeenAt END,
            FirstSeenAt = CASE WHEN FirstSeenAt IS NULL OR FirstSeenAt > @At THEN @At ELSE FirstSeenAt END,
            Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
          AND (FirstSeenAt IS NULL OR FirstSeenAt > @At OR LastSeenAt < @At)
        """);

    private static readonly TenantSql Recount = TenantSql.Of("""
        UPDATE Customers
        SET FirstSeenAt = (SELECT MIN(f.OccurredAt) FROM Interactions f WHERE f.TenantId = @TenantId AND f.CustomerId = @CustomerId),
            LastSeenAt = COALESCE(
                (SELECT MAX(l.OccurredAt) FROM Interactions l WHERE l.TenantId = @TenantId AND l.CustomerId = @CustomerId),
                CreatedAt),
            Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @CustomerId
        """);
}
