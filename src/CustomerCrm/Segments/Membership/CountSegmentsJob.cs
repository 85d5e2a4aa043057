using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Segments.Membership;

/// <summary>Count the members of every segment, and put right the stored sizes that are not the same.</summary>
public sealed record CountSegments;

internal sealed class CountSegmentsJob(TenantDb db, SegmentMembership membership, TimeProvider clock) : IJob<CountSegments>
{
    public async Task RunAsync(CountSegments work, CancellationToken ct)
    {
        foreach (var segment in await db.QueryAsync<Segment>(Segment.All, null, ct))
        {
            var args = new { SegmentId = segment.Id, Now = clock.GetUtcNow() };
            if (await db.FindAsync<int>(Count, args, ct) == segment.Size) continue;
            await db.InTransactionAsync(async () =>
            {
                await membership.HoldAsync(segment.Id, ct);
                await db.ExecuteAsync(Recount, args, ct);
            }, ct);
        }
    }

    private static readonly TenantSql Count = TenantSql.Of("""
        SELECT COUNT(*)
        FROM SegmentMembers m
        WHERE m.TenantId = @TenantId
          AND m.SegmentId = @SegmentId
        """);

    private static readonly TenantSql Recount = TenantSql.Of("""
        UPDATE Segments
        SET SizeAsOf = @Now, Revision = Revision + 1,
            Size = (SELECT COUNT(*) FROM SegmentMembers m WHERE m.TenantId = @TenantId AND m.SegmentId = @SegmentId)
        WHERE Segments.TenantId = @TenantId
          AND Segments.Id = @SegmentId
        """);
}
