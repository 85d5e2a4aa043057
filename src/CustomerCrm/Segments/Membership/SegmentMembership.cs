using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments.Membership;

/// <summary>Writes who is in which segment, with the size and the events that go with it. Inside the caller's transaction.</summary>
internal sealed class SegmentMembership(TenantDb db, EventLog events, RuleClock clock)
{
    // One text for few and one for many, so that statements stay prepared; the last id fills up what is left.
    private const int Few = 8, Many = 100;

    /// <summary>Asks every rule about these customers, at most 100, and notes who entered and left.</summary>
    /// <param name="why">By customer: what entering and leaving comes of.</param>
    /// <param name="ct">Cancels.</param>
    public async Task RefreshAsync(IReadOnlyDictionary<Id<Customer>, MoveReason> why, CancellationToken ct)
    {
        var segments = SegmentOrder.Of(await db.QueryAsync<Segment>(HeldDynamic, null, ct));
        if (segments.Count == 0) return;

        var at = await clock.NowAsync(ct);
        var asked = why.Keys.ToArray();
        object?[] ids = [.. asked, .. Enumerable.Repeat(asked[^1], (asked.Length <= Few ? Few : Many) - asked.Length)];
        var memberships = await db.QueryAsync<Held>(MembersAmong.And(Condition.In("m.CustomerId", ids)), null, ct);
        var before = memberships.ToLookup(held => held.SegmentId, held => held.CustomerId);
        foreach (var segment in segments)
        {
            var members = await db.QueryAsync<Id<Customer>>(Among.And(Condition.In("c.Id", ids)).And(segment.Rule!.ToCondition(at)), null, ct);
            var (entering, leaving) = (members.Except(before[segment.Id]).ToArray(), before[segment.Id].Except(members).ToArray());
            // Until it is built, it is not known who is new in it: that starts nothing.
            await MoveAsync(segment, entering, leaving, at.Now, id => segment.Status == SegmentStatus.Building ? why[id] with { IsQuiet = true } : why[id], ct);
        }
    }

    /// <summary>Whether there is a rule to ask.</summary>
    public async Task<bool> IsAnyDynamicAsync(CancellationToken ct) => (await db.QueryTopAsync<int>(Dynamic, 1, null, ct)).Count > 0;

    /// <summary>The segments that others ask about.</summary>
    public async Task<IReadOnlySet<Id<Segment>>> AskedAboutAsync(CancellationToken ct) =>
        (await db.QueryAsync<Segment>(Segment.All, null, ct)).SelectMany(segment => segment.Rule?.OtherSegments ?? []).ToHashSet();

    /// <returns>How many came in and went out; who was there already, or was not, is not counted.</returns>
    public async Task<(int Entered, int Left)> MoveAsync(
        Segment segment, IReadOnlyList<Id<Customer>> entering, IReadOnlyList<Id<Customer>> leaving, DateTimeOffset now, Func<Id<Customer>, MoveReason> why, CancellationToken ct)
    {
        var (entered, left) = (0, 0);
        foreach (var customerId in entering)
        {
            if (await db.ExecuteAsync(Add, new { SegmentId = segment.Id, CustomerId = customerId, Now = now }, ct) == 0) continue;
            Record("segment.entered", segment, customerId, now, why(customerId));
            entered++;
        }
        foreach (var customerId in leaving)
        {
            if (await db.ExecuteAsync(Take, new { SegmentId = segment.Id, CustomerId = customerId }, ct) == 0) continue;
            Record("segment.left", segment, customerId, now, why(customerId));
            left++;
        }
        await ResizeAsync(segment.Id, entered, left, now, ct);
        return (entered, left);
    }

    /// <summary>
    /// Before members are counted or put in by hand: on SQL Server whoever changes them waits here for the one before, and a statement that begins
    /// afterwards sees all of it. SQLite has one writer.
    /// </summary>
    public Task HoldAsync(Id<Segment> segmentId, CancellationToken ct) => db.ExecuteAsync(Hold, new { SegmentId = segmentId }, ct);

    /// <summary>Keeps the stored size in step.</summary>
    public async Task ResizeAsync(Id<Segment> segmentId, int entered, int left, DateTimeOffset now, CancellationToken ct)
    {
        if (entered + left > 0) await db.ExecuteAsync(Resize, new { SegmentId = segmentId, Change = entered - left, Now = now }, ct);
    }

    private void Record(string type, Segment segment, Id<Customer> customerId, DateTimeOffset now, MoveReason why)
    {
        var (wasQuiet, cause) = (events.IsQuiet, events.Cause);
        (events.IsQuiet, events.Cause) = (wasQuiet || why.IsQuiet, cause ?? why.Cause);
        events.Record(type, new MembershipChange { SegmentId = segment.Id, SegmentName = segment.Name, CustomerId = customerId, OccurredAt = now }, customerId.Value);
        (events.IsQuiet, events.Cause) = (wasQuiet, cause);
    }

    private sealed record Held
    {
        public required Id<Segment> SegmentId { get; init; }
        public required Id<Customer> CustomerId { get; init; }
    }

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE Segments
        SET Size = Size
        WHERE TenantId = @TenantId
          AND Id = @SegmentId
        """);

    private static readonly TenantSql Dynamic = TenantSql.Of("""
        SELECT 1
        FROM Segments g
        WHERE g.TenantId = @TenantId
          AND g.Kind = 2
          AND g.DeletedAt IS NULL
        ORDER BY g.Id
        """);

    // SQL Server, at READ COMMITTED: one at a time looks at who belongs to a segment, and sees what the one before wrote. SQLite has one writer.
    private static readonly TenantSql HeldDynamic = TenantSql.Of(
        sqlServer: """
            SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
            FROM Segments g WITH (UPDLOCK, ROWLOCK)
            WHERE g.TenantId = @TenantId
              AND g.Kind = 2
              AND g.DeletedAt IS NULL
            ORDER BY g.Id
            """,
        sqlite: """
            SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
            FROM Segments g
            WHERE g.TenantId = @TenantId
              AND g.Kind = 2
              AND g.DeletedAt IS NULL
            ORDER BY g.Id
            """);

    private static readonly TenantSql MembersAmong = TenantSql.Of("""
        SELECT m.SegmentId, m.CustomerId
        FROM SegmentMembers m
        JOIN Segments g ON g.TenantId = m.TenantId AND g.Id = m.SegmentId
        WHERE m.TenantId = @TenantId
          AND g.Kind = 2
        """);

    internal static readonly TenantSql Among = TenantSql.Of($"""
        SELECT c.Id
        FROM {SegmentTables.Customers}
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql Add = TenantSql.Of("""
        INSERT INTO SegmentMembers (TenantId, SegmentId, CustomerId, JoinedAt)
        SELECT g.TenantId, g.Id, c.Id, @Now
        FROM Segments g
        JOIN Customers c ON c.TenantId = g.TenantId
        WHERE g.TenantId = @TenantId
          AND g.Id = @SegmentId
          AND c.Id = @CustomerId
          AND NOT EXISTS (SELECT 1 FROM SegmentMembers m WHERE m.TenantId = g.TenantId AND m.SegmentId = g.Id AND m.CustomerId = c.Id)
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        DELETE FROM SegmentMembers
        WHERE TenantId = @TenantId
          AND SegmentId = @SegmentId
          AND CustomerId = @CustomerId
        """);

    private static readonly TenantSql Resize = TenantSql.Of("""
        UPDATE Segments
        SET Size = Size + @Change, SizeAsOf = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @SegmentId
        """);
}

/// <summary>What entering or leaving a segment comes of.</summary>
/// <param name="IsQuiet">History being loaded: so it starts nothing either.</param>
/// <param name="Cause">What an automation did, where nothing else happened to the customer: so a rule does not answer itself by way of a segment.</param>
internal readonly record struct MoveReason(bool IsQuiet, EventCause? Cause)
{
    public static MoveReason None => default;
}

/// <summary>The data of <c>segment.entered</c> and <c>segment.left</c>.</summary>
public sealed record MembershipChange
{
    public required Id<Segment> SegmentId { get; init; }
    public required string SegmentName { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}
