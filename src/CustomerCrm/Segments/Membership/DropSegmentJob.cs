using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Segments.Membership;

/// <summary>Take away what a deleted segment leaves behind.</summary>
public sealed record DropSegment(Id<Segment> SegmentId);

/// <summary>Some thousand members at a time, so that a large segment holds up nobody.</summary>
internal sealed class DropSegmentJob(TenantDb db) : IJob<DropSegment>
{
    private const int AtOnce = 2000;

    public async Task RunAsync(DropSegment work, CancellationToken ct)
    {
        while (await db.QueryTopAsync<Id<Customer>>(Members, AtOnce, work, ct) is { Count: > 0 } members)
            await db.ExecuteAsync(TakeThrough, new { work.SegmentId, Through = members[^1] }, ct);
        await db.ExecuteAsync(Drop, work, ct);
    }

    private static readonly TenantSql Members = TenantSql.Of("""
        SELECT m.CustomerId
        FROM SegmentMembers m
        JOIN Segments g ON g.TenantId = m.TenantId AND g.Id = m.SegmentId
        WHERE m.TenantId = @TenantId
          AND m.SegmentId = @SegmentId
          AND g.DeletedAt IS NOT NULL
        ORDER BY m.CustomerId
        """);

    private static readonly TenantSql TakeThrough = TenantSql.Of("""
        DELETE FROM SegmentMembers
        WHERE TenantId = @TenantId
          AND SegmentId = @SegmentId
          AND CustomerId <= @Through
        """);

    private static readonly TenantSql Drop = TenantSql.Of("""
        DELETE FROM Segments
        WHERE TenantId = @TenantId
          AND Id = @SegmentId
          AND DeletedAt IS NOT NULL
        """);
}
