using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments;

/// <summary>Which segments ask about which. They must be there, and must not lead back to where they began.</summary>
internal static class SegmentReferences
{
    /// <param name="rule">What is to become a segment's rule.</param>
    /// <param name="segmentId">Whose; null for one that is new.</param>
    /// <param name="db">Where the others are.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422: there is no such segment, or it asks about this one already.</exception>
    public static async Task CheckAsync(SegmentRule rule, Id<Segment>? segmentId, TenantDb db, CancellationToken ct)
    {
        var asked = rule.Placed("/rule").Where(placed => placed.Rule.Segment is not null).ToArray();
        if (asked.Length == 0) return;

        var others = (await db.QueryAsync<Segment>(Held, null, ct)).ToDictionary(segment => segment.Id, segment => segment.Rule?.OtherSegments.ToArray() ?? []);
        var errors = asked.Select(placed => (placed.Pointer, Wrong: WrongWith(placed.Rule.Segment!.Value, segmentId, others))).Where(one => one.Wrong is not null)
            .Select(one => new FieldError($"{one.Pointer}/segment", one.Wrong!.Value.Code, one.Wrong.Value.Detail)).ToArray();
        if (errors.Length > 0) throw ApiProblem.Invalid(errors);
    }

    /// <returns>The names of those whose rules ask about the segment.</returns>
    public static async Task<IReadOnlyList<string>> AskersAsync(Id<Segment> segmentId, TenantDb db, CancellationToken ct) =>
        [.. (await db.QueryAsync<Segment>(Held, null, ct)).Where(segment => segment.Rule?.OtherSegments.Contains(segmentId) == true).Select(segment => segment.Name)];

    private static (string Code, string Detail)? WrongWith(Id<Segment> asked, Id<Segment>? asker, Dictionary<Id<Segment>, Id<Segment>[]> others) =>
        !others.ContainsKey(asked) ? ("unknown_segment", "There is no such segment.")
        : asker is { } own && Reaches(asked, own, others, []) ? ("segment_circle", "The segment would ask about itself, directly or by way of others.")
        : null;

    private static bool Reaches(Id<Segment> from, Id<Segment> to, Dictionary<Id<Segment>, Id<Segment>[]> others, HashSet<Id<Segment>> seen) =>
        from == to || (seen.Add(from) && others.GetValueOrDefault(from, []).Any(next => Reaches(next, to, others, seen)));

    // SQL Server holds what it looked at, so that two changes at once cannot close a circle; SQLite has one writer.
    private static readonly TenantSql Held = TenantSql.Of(
        sqlServer: """
            SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
            FROM Segments g WITH (UPDLOCK, HOLDLOCK)
            WHERE g.TenantId = @TenantId
              AND g.DeletedAt IS NULL
            """,
        sqlite: """
            SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
            FROM Segments g
            WHERE g.TenantId = @TenantId
              AND g.DeletedAt IS NULL
            """);
}
