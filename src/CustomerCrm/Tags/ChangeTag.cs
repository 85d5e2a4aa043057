using System.ComponentModel.DataAnnotations;
using CustomerCrm.CustomFields;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Membership;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

/// <summary>PATCH /tags/{tag_id}: another name, for all that have it.</summary>
public static class ChangeTag
{
    /// <example>{"name":"Key account"}</example>
    public sealed record Request
    {
        [TagName, Required] public Change<string> Name { get; init; }
    }

    internal static async Task<Tag> Handle(
        [FromRoute(Name = "tag_id")] Id<Tag> tagId, Request request, IfMatch ifMatch, TenantDb db, TagBook book, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Tag.FindAsync(tagId, db, ct);
        ifMatch.Check(current.Revision);
        var changed = current with { Name = request.Name.Or(current.Name)! };
        if (changed == current) return current;

        var there = await book.FindAsync(changed.Name, ct);
        if (there is not null && there.Id != tagId) throw CreateTag.Exists(there.Id);
        if (there is null) await book.RefuseWhileAskedForAsync(current, ct);
        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        try
        {
            if (await db.ExecuteAsync(Rename, new { changed.Id, changed.Name, NameKey = Tag.KeyOf(changed.Name), changed.Revision, changed.UpdatedAt }, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw CreateTag.Exists(null); // somebody was faster
        }
        events.Record("tag.updated", changed);
        // Segments may have asked for the new name before anything had it.
        if ((await SegmentsAsking.FieldAsync("tag", db, ct, changed.Name)).Count > 0) await jobs.EnqueueOnceAsync(new CheckSegments(), "all", ct);
        return changed;
    }

    private static readonly TenantSql Rename = TenantSql.Of("""
        UPDATE Tags
        SET Name = @Name, NameKey = @NameKey, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
          AND DeletedAt IS NULL
        """);
}
