using CustomerCrm.Platform.Data;

namespace CustomerCrm.BusinessCalendars;

/// <summary>Keeps exactly one calendar the default, as soon as there is any.</summary>
internal sealed class DefaultCalendar(TenantDb db)
{
    /// <summary>How many there are; held until the transaction ends, so that two first ones cannot both be the default.</summary>
    public Task<int> CountAsync(CancellationToken ct) => db.FindAsync<int>(Count, null, ct);

    /// <summary>The one that was the default is so no longer: before another becomes it.</summary>
    public Task LeaveAsync(DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(Leave, new { Now = now }, ct);

    private static readonly TenantSql Count = TenantSql.CountHeld("BusinessCalendars");

    private static readonly TenantSql Leave = TenantSql.Of("""
        UPDATE BusinessCalendars
        SET IsDefault = 0, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND IsDefault = 1
        """);
}
