using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Track.Visitors;

/// <summary>Who the visitors are, and the past that becomes a customer's when it is known.</summary>
internal sealed class VisitorBook(TenantDb db, JobQueue jobs, EventLog events, TimeProvider clock)
{
    /// <summary>As many of a visitor's events change hands in one transaction; the rest is a job.</summary>
    internal const int AtOnce = 1000;

    /// <returns>Null: nobody knows yet.</returns>
    public async Task<Id<Customer>?> OwnerAsync(string anonymousId, CancellationToken ct) =>
        await db.QueryAsync<Id<Customer>>(Owner, new { AnonymousKey = KeyOf(anonymousId) }, ct) is [var owner] ? owner : null;

    /// <summary>From now on the visitor is this customer, and so is what they did while nobody knew; what is another customer's stays so.</summary>
    /// <exception cref="ApiProblem">404: there is no such customer.</exception>
    public async Task<VisitorIdentified> TieAsync(string anonymousId, Id<Customer> customerId, CancellationToken ct)
    {
        var args = new { AnonymousKey = KeyOf(anonymousId), CustomerId = customerId, Now = clock.GetUtcNow() };
        var before = await db.QueryAsync<Id<Customer>>(OwnerToChange, args, ct);
        var isKnown = before.Contains(customerId);
        if (!isKnown && await db.ExecuteAsync(before.Count == 0 ? Add : Move, args, ct) == 0) throw ApiProblem.NotFound("customer");

        // Also of one who is known already: what came while the customer was in the recycle bin is nobody's.
        var identified = await AttachAsync(anonymousId, customerId, ct);
        if (!isKnown && identified.AttachedCount == 0) Record(identified);
        if (!identified.IsComplete) await jobs.EnqueueAsync(new AttachPast(anonymousId, customerId, events.IsQuiet), ct);
        return identified;
    }

    /// <summary>Makes the oldest of the visitor's events that are nobody's this customer's.</summary>
    public async Task<VisitorIdentified> AttachAsync(string anonymousId, Id<Customer> customerId, CancellationToken ct)
    {
        var key = KeyOf(anonymousId);
        var nobodys = await db.QueryTopAsync<Id<TrackedEvent>>(Nobodys, AtOnce, new { AnonymousKey = key }, ct);
        if (nobodys.Count > 0) await db.ExecuteAsync(Attach, new { AnonymousKey = key, CustomerId = customerId, Through = nobodys[^1] }, ct);
        var identified = new VisitorIdentified { CustomerId = customerId, AnonymousId = anonymousId, AttachedCount = nobodys.Count, IsComplete = nobodys.Count < AtOnce };
        if (identified.AttachedCount > 0) Record(identified);
        return identified;
    }

    private void Record(VisitorIdentified identified) => events.Record("visitor.identified", identified, identified.CustomerId.Value);

    private static byte[] KeyOf(string anonymousId) => Encoding.UTF8.GetBytes(anonymousId);

    // SQL Server holds the row, or the place where it would stand: an event that is tracked while the visitor is identified is
    // either seen by those who attach the past, or sees whose it is. SQLite has one writer.
    private static readonly TenantSql Owner = TenantSql.Of(
        sqlServer: """
            SELECT v.CustomerId
            FROM Visitors v WITH (HOLDLOCK)
            WHERE v.TenantId = @TenantId
              AND v.AnonymousKey = @AnonymousKey
            """,
        sqlite: """
            SELECT v.CustomerId
            FROM Visitors v
            WHERE v.TenantId = @TenantId
              AND v.AnonymousKey = @AnonymousKey
            """);

    private static readonly TenantSql OwnerToChange = TenantSql.Of(
        sqlServer: """
            SELECT v.CustomerId
            FROM Visitors v WITH (UPDLOCK, HOLDLOCK)
            WHERE v.TenantId = @TenantId
              AND v.AnonymousKey = @AnonymousKey
            """,
        sqlite: """
            SELECT v.CustomerId
            FROM Visitors v
            WHERE v.TenantId = @TenantId
              AND v.AnonymousKey = @AnonymousKey
            """);

    private static readonly TenantSql Add = TenantSql.Of("""
        INSERT INTO Visitors (TenantId, AnonymousKey, CustomerId, IdentifiedAt)
        SELECT c.TenantId, @AnonymousKey, c.Id, @Now
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE Visitors
        SET CustomerId = @CustomerId, IdentifiedAt = @Now
        WHERE Visitors.TenantId = @TenantId
          AND AnonymousKey = @AnonymousKey
          AND EXISTS (SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId)
        """);

    private static readonly TenantSql Nobodys = TenantSql.Of("""
        SELECT e.Id
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.AnonymousKey = @AnonymousKey
          AND e.CustomerId IS NULL
        ORDER BY e.Id
        """);

    private static readonly TenantSql Attach = TenantSql.Of("""
        UPDATE TrackedEvents
        SET CustomerId = @CustomerId
        WHERE TenantId = @TenantId
          AND AnonymousKey = @AnonymousKey
          AND CustomerId IS NULL
          AND Id <= @Through
        """);
}

/// <summary>It is known who a visitor is.</summary>
public sealed record VisitorIdentified
{
    public required Id<Customer> CustomerId { get; init; }
    public required string AnonymousId { get; init; }

    /// <summary>How many events of the visitor's past became the customer's with this.</summary>
    public required int AttachedCount { get; init; }

    /// <summary>False where the past is so long that the rest follows behind the answer.</summary>
    public required bool IsComplete { get; init; }
}
