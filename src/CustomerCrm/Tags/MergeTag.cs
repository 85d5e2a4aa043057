using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

/// <summary>POST /tags/{tag_id}/merge: all that have it get another one in its place, and it is gone.</summary>
public static class MergeTag
{
    public sealed record Request
    {
        /// <summary>The tag that stays.</summary>
        public required Id<Tag>? IntoTagId { get; init; }
    }

    internal static async Task<Tag> Handle(
        [FromRoute(Name = "tag_id")] Id<Tag> tagId, Request request, IfMatch ifMatch, TenantDb db, TagBook book, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var merged = await Tag.FindAsync(tagId, db, ct);
        ifMatch.Check(merged.Revision);
        var into = request.IntoTagId!.Value;
        if (into == tagId) throw ApiProblem.Invalid("/into_tag_id", "same_tag", "A tag is merged into another one.");
        if (await FindAsync(into, db, ct) is not { } staying) throw ApiProblem.Invalid("/into_tag_id", "tag_unknown", "There is no such tag.");

        await book.RefuseWhileAskedForAsync(merged, ct);
        await RemoveTag.HideAsync(tagId, db, clock, ct);
        await jobs.EnqueueAsync(new DropTag(tagId, into), ct);
        events.Record("tag.merged", new Merged { Tag = merged, IntoTagId = into });
        return staying;
    }

    /// <summary>The data of <c>tag.merged</c>.</summary>
    public sealed record Merged
    {
        /// <summary>The one that is gone.</summary>
        public required Tag Tag { get; init; }

        public required Id<Tag> IntoTagId { get; init; }
    }

    private static async Task<Tag?> FindAsync(Id<Tag> tagId, TenantDb db, CancellationToken ct) =>
        (await db.QueryAsync<Tag>(Tag.All.And(Condition.Of("t.Id = {0}", tagId)), null, ct)).SingleOrDefault();
}
