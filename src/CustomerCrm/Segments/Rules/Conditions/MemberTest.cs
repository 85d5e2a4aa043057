using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>That a customer is in another segment. That one's members are settled before anyone asks this.</summary>
internal sealed record MemberTest(Id<Segment> SegmentId) : IRuleTest
{
    public string Kind => "segment";

    public bool Holds(object seen) => ((MemberSeen)seen).IsMember;

    public IEnumerable<Boundary> BoundariesAt(RuleMoment at) => [];

    public Condition ToCondition(RuleMoment at) =>
        Condition.Of("EXISTS (SELECT 1 FROM SegmentMembers b WHERE b.TenantId = c.TenantId AND b.SegmentId = {0} AND b.CustomerId = c.Id)", SegmentId);

    public async Task<object> LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct)
    {
        var joined = await db.QueryAsync<DateTimeOffset>(Joined, new { SegmentId, CustomerId = customerId }, ct);
        return new MemberSeen(joined.Count > 0, joined.Count > 0 ? joined[0] : null);
    }

    private static readonly TenantSql Joined = TenantSql.Of("""
        SELECT b.JoinedAt
        FROM SegmentMembers b
        WHERE b.TenantId = @TenantId
          AND b.SegmentId = @SegmentId
          AND b.CustomerId = @CustomerId
        """);
}

/// <summary>Whether a customer is in the other segment, and since when.</summary>
internal sealed record MemberSeen(bool IsMember, DateTimeOffset? JoinedAt);
