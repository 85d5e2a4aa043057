using CustomerCrm.CustomFields;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Segments.Membership;

namespace CustomerCrm.Tags;

/// <summary>Take a tag that is gone off everything, and put another in its place where one is named.</summary>
public sealed record DropTag(Id<Tag> TagId, Id<Tag>? IntoTagId);

/// <summary>Some hundred records at a time. The event of the tag says it for all of them; segments that ask for the tag that stays look at everyone again.</summary>
internal sealed class DropTagJob(IEnumerable<TagOwner> owners, TenantDb db, JobQueue jobs, TimeProvider clock) : IJob<DropTag>
{
    private const int AtOnce = 500;

    public async Task RunAsync(DropTag work, CancellationToken ct)
    {
        foreach (var owner in owners)
            while (await db.QueryTopAsync<byte[]>(owner.Holders, AtOnce, new { work.TagId }, ct) is { Count: > 0 } holders)
                await db.InTransactionAsync(async () =>
                {
                    foreach (var holder in holders) await ReplaceAsync(owner, holder, work, ct);
                }, ct);
        await db.ExecuteAsync(Drop, work, ct);

        if (work.IntoTagId is not { } into || (await db.QueryAsync<Tag>(Tag.All.And(Condition.Of("t.Id = {0}", into)), null, ct)).SingleOrDefault() is not { } staying) return;
        if ((await SegmentsAsking.FieldAsync("tag", db, ct, staying.Name)).Count > 0) await jobs.EnqueueOnceAsync(new CheckSegments(), "all", ct);
    }

    private async Task ReplaceAsync(TagOwner owner, byte[] holder, DropTag work, CancellationToken ct)
    {
        if (work.IntoTagId is { } into) await db.ExecuteAsync(owner.Add, new { OwnerId = holder, TagId = into, Now = clock.GetUtcNow() }, ct);
        await db.ExecuteAsync(owner.Remove, new { OwnerId = holder, work.TagId }, ct);
    }

    private static readonly TenantSql Drop = TenantSql.Of("""
        DELETE FROM Tags
        WHERE TenantId = @TenantId
          AND Id = @TagId
          AND DeletedAt IS NOT NULL
        """);
}
