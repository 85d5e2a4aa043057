using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>PATCH /segments/{segment_id}. A new rule makes the members be looked for again; a build under way stops at its next stretch.</summary>
public static class ChangeSegment
{
    public sealed record Request : IValidatableObject
    {
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }
        [StringLength(1000)] public Change<string> Description { get; init; }

        /// <summary>The whole new rule of a dynamic segment.</summary>
        [Required] public Change<SegmentRule> Rule { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Rule.Value?.WrongWhole(nameof(Rule)) is { } wrong) yield return wrong;
        }
    }

    internal static async Task<Segment> Handle(
        [FromRoute(Name = "segment_id")] Id<Segment> segmentId, Request request, IfMatch ifMatch, CustomFieldQuestions questions, TenantDb db, SegmentClock time, JobQueue jobs, EventLog events,
        TimeProvider clock, CancellationToken ct)
    {
        var current = await Segment.FindAsync(segmentId, db, ct);
        ifMatch.Check(current.Revision);
        if (request.Rule.IsSet && current.Kind == SegmentKind.Static) throw ApiProblem.Invalid("/rule", "not_allowed", "A static segment has no rule.");
        await questions.CheckAsync(request.Rule.Value, "/rule", ct);

        if (request.Rule.Value is { } rule) await SegmentReferences.CheckAsync(rule, "/rule", segmentId, db, ct);

        var changed = current with
        {
            Name = request.Name.Or(current.Name)!,
            Description = request.Description.Or(current.Description),
            RuleText = request.Rule.IsSet ? Segment.Write(request.Rule.Value) : current.RuleText,
        };
        if (changed == current) return current;

        var isRebuilt = changed.RuleText != current.RuleText;
        changed = changed with
        {
            RuleRevision = isRebuilt ? current.RuleRevision + 1 : current.RuleRevision,
            Status = isRebuilt ? SegmentStatus.Building : current.Status,
            Revision = current.Revision + 1,
            UpdatedAt = clock.GetUtcNow(),
        };
        if (await db.ExecuteAsync(Update, new
        {
            changed.Id, changed.Name, changed.Description, changed.RuleText, changed.RuleRevision, changed.Status, changed.Revision, changed.UpdatedAt,
        }, ct) == 0) throw ApiProblem.PreconditionFailed();
        if (isRebuilt)
        {
            await time.StartAsync(request.Rule.Value!, ct);
            await jobs.EnqueueAsync(new BuildSegment(changed.Id, changed.RuleRevision), ct);
        }
        events.Record("segment.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Segments
        SET Name = @Name, Description = @Description, RuleText = @RuleText, RuleRevision = @RuleRevision, Status = @Status,
            Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
          AND DeletedAt IS NULL
        """);
}
