using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CustomFields;

/// <summary>DELETE /custom_fields/{custom_field_id}. Nobody can ask or write it from the answer on; a job takes its values away.</summary>
internal static class RemoveCustomField
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "custom_field_id")] Id<CustomField> customFieldId, IfMatch ifMatch, TenantDb db, KnownCustomFields known, JobQueue jobs,
        EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await CustomField.FindAsync(customFieldId, db, ct);
        ifMatch.Check(current.Revision);
        var askedBy = current.Resource == CustomFieldResource.Customers ? await SegmentsAsking.FieldAsync($"custom_fields.{current.Name}", db, ct) : [];
        if (askedBy.Count > 0)
            throw ApiProblem.Conflict("custom_field_in_use", "Segments ask for this field. Change their rules first.", new Dictionary<string, object?> { ["segment_ids"] = askedBy });

        await db.ExecuteAsync(Hide, new { CustomFieldId = customFieldId, Now = clock.GetUtcNow() }, ct);
        await jobs.EnqueueAsync(new DropCustomField(customFieldId, current.Resource, current.Name), ct);
        known.ForgetAfterCommit();
        events.Record("custom_field.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Hide = TenantSql.Of("""
        UPDATE CustomFields
        SET DeletedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @CustomFieldId
        """);
}
