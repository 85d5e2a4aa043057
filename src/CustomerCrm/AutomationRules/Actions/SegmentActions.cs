using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Membership;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Which static segment.</summary>
internal sealed record SegmentArguments
{
    /// <summary>One that is kept by hand.</summary>
    public required Id<Segment> SegmentId { get; init; }

    public static async Task<IReadOnlyList<FieldError>> WrongAsync(Id<Segment> segmentId, TenantDb db, CancellationToken ct) => await db.FindAsync<int?>(KindOf, new { SegmentId = segmentId }, ct) switch
    {
        null => [new FieldError("/segment_id", "unknown_segment", "There is no such segment.")],
        (int)SegmentKind.Dynamic => [new FieldError("/segment_id", "segment_is_dynamic", "The rule says who belongs to this segment.")],
        _ => [],
    };

    private static readonly TenantSql KindOf = TenantSql.Of("SELECT g.Kind FROM Segments g WHERE g.TenantId = @TenantId AND g.Id = @SegmentId AND g.DeletedAt IS NULL");
}

/// <summary>Puts the customer into a static segment.</summary>
internal sealed class AddToSegment(TenantDb db, SegmentMembership membership, TimeProvider clock) : RuleAction<SegmentArguments>
{
    public override string Name => "add_to_segment";
    public override string Description => "Puts the customer whom the event is about into a static segment.";
    public override object Example => new { segment_id = default(Id<Segment>) };

    protected override Task<IReadOnlyList<FieldError>> MissingAsync(SegmentArguments with, CancellationToken ct) => SegmentArguments.WrongAsync(with.SegmentId, db, ct);

    protected override async Task<ActionResult> RunAsync(SegmentArguments with, FiringContext firing, CancellationToken ct)
    {
        var answer = await AddMembers.Handle(with.SegmentId, new AddMembers.Request { CustomerIds = [firing.Customer] }, db, membership, clock, ct);
        return answer.Added > 0 ? Done("segment", with.SegmentId.ToString()) : Unchanged("segment", with.SegmentId.ToString());
    }
}

/// <summary>Takes the customer out of a static segment.</summary>
internal sealed class RemoveFromSegment(TenantDb db, SegmentMembership membership, TimeProvider clock) : RuleAction<SegmentArguments>
{
    public override string Name => "remove_from_segment";
    public override string Description => "Takes the customer whom the event is about out of a static segment.";
    public override object Example => new { segment_id = default(Id<Segment>) };

    protected override Task<IReadOnlyList<FieldError>> MissingAsync(SegmentArguments with, CancellationToken ct) => SegmentArguments.WrongAsync(with.SegmentId, db, ct);

    protected override async Task<ActionResult> RunAsync(SegmentArguments with, FiringContext firing, CancellationToken ct)
    {
        var segment = await Segment.FindAsync(with.SegmentId, db, ct);
        if (segment.Kind == SegmentKind.Dynamic) throw AddMembers.IsDynamic();
        var (_, left) = await membership.MoveAsync(segment, [], [firing.Customer], clock.GetUtcNow(), _ => MoveReason.None, ct);
        return left > 0 ? Done("segment", with.SegmentId.ToString()) : Unchanged("segment", with.SegmentId.ToString());
    }
}
