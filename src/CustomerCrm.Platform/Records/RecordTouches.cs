using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Records;

/// <summary>
/// Whether anybody had to do with records since they were made. The tables are those that would go into the bin with a record, which a test holds equal
/// to the schema: what a feature hangs on it later protects it from its first day.
/// </summary>
public sealed class RecordTouches
{
    private readonly TenantDb db;

    internal RecordTouches(TenantDb db) => this.db = db;

    /// <param name="kind">What they are.</param>
    /// <param name="ids">Some hundred.</param>
    /// <param name="maker">Who made them: its own changes are no touch.</param>
    /// <param name="leftOut">Tables whose rows are its work too.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Those that somebody touched. Until the commit nobody can touch another one.</returns>
    public async Task<IReadOnlyList<byte[]>> AmongAsync(RecordKind kind, IReadOnlyCollection<byte[]> ids, Actor maker, IReadOnlyCollection<string> leftOut, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        await db.ExecuteAsync(RecordSql.HoldMany(kind.Root).And(Condition.In("Id", ids)), null, ct);
        return await db.QueryAsync<byte[]>(RecordSql.Touched(kind, leftOut).And(Condition.In("r.Id", ids)), new { ActorKind = maker.Kind, ActorId = maker.Id }, ct);
    }

    /// <summary>Whether the latest change of a record's fields is this actor's. Of one that was never changed, it is not.</summary>
    public async Task<bool> IsLastOfAsync<T>(Id<T> id, Actor actor, CancellationToken ct) where T : IHasId =>
        IsOf(actor, await db.QueryTopAsync<Row>(OfRecord, 1, new { RecordId = id.ToString() }, ct));

    /// <summary>The same of a customer's profile and identities together.</summary>
    public async Task<bool> IsLastOfCustomerAsync(Guid customerId, Actor actor, CancellationToken ct) =>
        IsOf(actor, await db.QueryTopAsync<Row>(OfCustomer, 1, new { CustomerId = customerId.ToByteArray(bigEndian: true) }, ct));

    private static bool IsOf(Actor actor, IReadOnlyList<Row> last) => last is [var one] && (one.ActorKind, one.ActorId) == (actor.Kind, actor.Id);

    private sealed record Row
    {
        public required ActorKind ActorKind { get; init; }
        public required string? ActorId { get; init; }
    }

    private static readonly TenantSql OfRecord = TenantSql.Of("""
        SELECT h.ActorKind, h.ActorId
        FROM FieldChanges h
        WHERE h.TenantId = @TenantId
          AND h.RecordId = @RecordId
        ORDER BY h.Revision DESC, h.Id DESC
        """);

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT h.ActorKind, h.ActorId
        FROM FieldChanges h
        WHERE h.TenantId = @TenantId
          AND h.CustomerId = @CustomerId
          AND h.Resource IN ('customer', 'identity')
        ORDER BY h.ChangedAt DESC, h.Id DESC
        """);
}
