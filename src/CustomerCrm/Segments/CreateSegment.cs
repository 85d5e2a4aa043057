using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Segments;

/// <summary>POST /segments. A dynamic one is built by a job, however large it is.</summary>
public static class CreateSegment
{
    // Each is asked about every customer that something happens to.
    internal const int MostDynamic = 100;

    public sealed record Request : IValidatableObject
    {
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }
        [StringLength(1000)] public string? Description { get; init; }
        [Required] public SegmentKind? Kind { get; init; }

        /// <summary>Who belongs to a dynamic segment. A static one has none.</summary>
        public SegmentRule? Rule { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Kind == SegmentKind.Dynamic && Rule is null) yield return new BrokenRule("required", "A dynamic segment has a rule.", nameof(Rule));
            if (Kind == SegmentKind.Static && Rule is not null) yield return new BrokenRule("not_allowed", "A static segment has no rule.", nameof(Rule));
            if (Rule?.WrongWhole(nameof(Rule)) is { } wrong) yield return wrong;
        }
    }

    internal static async Task<Created<Segment>> Handle(
        Request request, CustomFieldQuestions questions, TenantDb db, SegmentClock time, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        await questions.CheckAsync(request.Rule, "/rule", ct);
        var isDynamic = request.Kind == SegmentKind.Dynamic;
        if (isDynamic && await db.FindAsync<int>(CountDynamic, null, ct) >= MostDynamic)
            throw ApiProblem.Conflict("too_many_segments", $"There are at most {MostDynamic} dynamic segments. Delete one first.");

        if (request.Rule is not null) await SegmentReferences.CheckAsync(request.Rule, "/rule", null, db, ct);
        var now = clock.GetUtcNow();
        var segment = new Segment
        {
            Id = Id<Segment>.New(),
            Name = request.Name,
            Description = request.Description,
            Kind = request.Kind!.Value,
            RuleText = Segment.Write(request.Rule),
            RuleRevision = 1,
            Status = isDynamic ? SegmentStatus.Building : SegmentStatus.Ready,
            Size = 0,
            SizeAsOf = now,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.ExecuteAsync(Insert, new
        {
            segment.Id, segment.Name, segment.Description, segment.Kind, segment.RuleText, segment.Status, Now = now,
        }, ct);
        if (isDynamic)
        {
            await time.StartAsync(request.Rule!, ct);
            await jobs.EnqueueAsync(new BuildSegment(segment.Id, segment.RuleRevision), ct);
        }
        events.Record("segment.created", segment);
        return TypedResults.Created($"/v1/segments/{segment.Id}", segment);
    }

    private static readonly TenantSql CountDynamic = TenantSql.CountHeld("Segments", "Kind = 2 AND DeletedAt IS NULL");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Segments (TenantId, Id, Name, Description, Kind, RuleText, RuleRevision, Status, Size, SizeAsOf, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @Description, @Kind, @RuleText, 1, @Status, 0, @Now, 1, @Now, @Now)
        """);
}
