using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments;

/// <summary>What rules name: products and other segments. They must be there, and segments must not lead back to where they began.</summary>
internal static class SegmentReferences
{
    /// <param name="rule">What is to become a segment's rule.</param>
    /// <param name="pointer">Where it stands in the body.</param>
    /// <param name="segmentId">Whose; null for one that is new, and for a rule of something else.</param>
    /// <param name="db">Where the others are.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422: there is no such segment or product, or the segment asks about this one already.</exception>
    public static async Task CheckAsync(SegmentRule rule, string pointer, Id<Segment>? segmentId, TenantDb db, CancellationToken ct)
    {
        var parts = rule.Placed(pointer).ToArray();
        FieldError[] errors = [.. await OfSegmentsAsync(parts, segmentId, db, ct), .. await OfProductsAsync(parts, db, ct)];
        if (errors.Length > 0) throw ApiProblem.Invalid(errors);
    }

    /// <returns>Those whose rules ask about the segment.</returns>
    public static async Task<IReadOnlyList<Segment>> AskersAsync(Id<Segment> segmentId, TenantDb db, CancellationToken ct) =>
        [.. (await db.QueryAsync<Segment>(Held, null, ct)).Where(segment => segment.Rule?.OtherSegments.Contains(segmentId) == true)];

    private static async Task<IEnumerable<FieldError>> OfSegmentsAsync((string Pointer, SegmentRule Rule)[] parts, Id<Segment>? segmentId, TenantDb db, CancellationToken ct)
    {
        var asked = parts.Where(part => part.Rule.Segment is not null).ToArray();
        if (asked.Length == 0) return [];
        var others = (await db.QueryAsync<Segment>(Held, null, ct)).ToDictionary(segment => segment.Id, segment => segment.Rule?.OtherSegments.ToArray() ?? []);
        return asked.Select(part => (part.Pointer, Wrong: WrongWith(part.Rule.Segment!.Value, segmentId, others))).Where(one => one.Wrong is not null)
            .Select(one => new FieldError($"{one.Pointer}/segment", one.Wrong!.Value.Code, one.Wrong.Value.Detail));
    }

    private static async Task<IEnumerable<FieldError>> OfProductsAsync((string Pointer, SegmentRule Rule)[] parts, TenantDb db, CancellationToken ct)
    {
        var asked = parts.SelectMany(part => (part.Rule.Products?.ProductIds ?? []).Select((id, i) => (Id: id, Pointer: $"{part.Pointer}/products/product_ids/{i}"))).ToArray();
        if (asked.Length == 0) return [];
        var there = (await db.QueryAsync<Id<Product>>(Products.And(Condition.In("p.Id", asked.Select(one => (object?)one.Id).Distinct())), null, ct)).ToHashSet();
        return asked.Where(one => !there.Contains(one.Id)).Select(one => new FieldError(one.Pointer, "unknown_product", "There is no such product."));
    }

    private static (string Code, string Detail)? WrongWith(Id<Segment> asked, Id<Segment>? asker, Dictionary<Id<Segment>, Id<Segment>[]> others) =>
        !others.ContainsKey(asked) ? ("unknown_segment", "There is no such segment.")
        : asker is { } own && Reaches(asked, own, others, []) ? ("segment_circle", "The segment would ask about itself, directly or by way of others.")
        : null;

    private static bool Reaches(Id<Segment> from, Id<Segment> to, Dictionary<Id<Segment>, Id<Segment>[]> others, HashSet<Id<Segment>> seen) =>
        from == to || (seen.Add(from) && others.GetValueOrDefault(from, []).Any(next => Reaches(next, to, others, seen)));

    private static readonly TenantSql Products = TenantSql.Of("""
        SELECT p.Id
        FROM Products p
        WHERE p.TenantId = @TenantId
        """);

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
