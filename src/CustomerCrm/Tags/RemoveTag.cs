using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

/// <summary>DELETE /tags/{tag_id}. Nothing shows it from the answer on; a job takes the rows away.</summary>
internal static class RemoveTag
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "tag_id")] Id<Tag> tagId, IfMatch ifMatch, TenantDb db, TagBook book, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Tag.FindAsync(tagId, db, ct);
        ifMatch.Check(current.Revision);
        await book.RefuseWhileAskedForAsync(current, ct);
        await HideAsync(tagId, db, clock, ct);
        await jobs.EnqueueAsync(new DropTag(tagId, null), ct);
        events.Record("tag.deleted", current);
        return TypedResults.NoContent();
    }

    /// <summary>Its name is free at once.</summary>
    internal static Task HideAsync(Id<Tag> tagId, TenantDb db, TimeProvider clock, CancellationToken ct) => db.ExecuteAsync(Hide, new { TagId = tagId, Now = clock.GetUtcNow() }, ct);

    private static readonly TenantSql Hide = TenantSql.Of("""
        UPDATE Tags
        SET DeletedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @TagId
          AND DeletedAt IS NULL
        """);
}
