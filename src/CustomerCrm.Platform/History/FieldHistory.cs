using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.History;

/// <summary>The kind of id that changes of fields have.</summary>
public sealed record FieldChange : IHasId
{
    public static string Prefix => "chg";
}

/// <summary>
/// Which fields changed, from what to what and by whom, in the change's own transaction. What a resource was when it was made
/// needs no entry: the first change says it.
/// </summary>
public sealed class FieldHistory(TenantDb db, Caller caller, TimeProvider clock)
{
    /// <param name="id">Of what was changed.</param>
    /// <param name="customerId">In whose history it stands; null for what is no customer's and has a history of its own.</param>
    /// <param name="revision">The revision that the change made.</param>
    /// <param name="before">As it was.</param>
    /// <param name="after">As it is.</param>
    /// <param name="ct">Cancels.</param>
    public Task RecordAsync<T, TState>(Id<T> id, Guid? customerId, int revision, TState before, TState after, CancellationToken ct) where T : IHasId where TState : notnull =>
        RecordAsync(id, customerId, revision, FieldDifferences.Between(before, after), ct);

    public async Task RecordAsync<T>(Id<T> id, Guid? customerId, int revision, IReadOnlyList<FieldDifference> differences, CancellationToken ct) where T : IHasId
    {
        if (differences.Count == 0) return;
        var (now, actor) = (clock.GetUtcNow(), caller.Actor);
        await db.ExecuteEachAsync(customerId is null ? InsertOwn : Insert, differences.Select(change => new
        {
            Id = Id<FieldChange>.New(),
            CustomerId = customerId?.ToByteArray(bigEndian: true),
            Resource = JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(T).Name),
            RecordId = id.ToString(),
            Revision = revision,
            change.Field,
            OldValue = change.From,
            NewValue = change.To,
            ChangedAt = now,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
        }), ct);
    }

    /// <summary>What some fields of a resource were is taken away for good; that they changed, when and by whom, stays.</summary>
    public Task ForgetAsync<T>(Id<T> id, IReadOnlyCollection<string> fields, CancellationToken ct) where T : IHasId =>
        db.ExecuteAsync(Forget.And(Condition.In("Field", fields)), new { RecordId = id.ToString() }, ct);

    private static readonly TenantSql Forget = TenantSql.Of("""
        UPDATE FieldChanges
        SET OldValue = NULL, NewValue = NULL
        WHERE TenantId = @TenantId
          AND RecordId = @RecordId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO FieldChanges (TenantId, Id, CustomerId, Resource, RecordId, Revision, Field, OldValue, NewValue, ChangedAt, ActorKind, ActorId, ActorName)
        VALUES (@TenantId, @Id, @CustomerId, @Resource, @RecordId, @Revision, @Field, @OldValue, @NewValue, @ChangedAt, @ActorKind, @ActorId, @ActorName)
        """);

    private static readonly TenantSql InsertOwn = TenantSql.Of("""
        INSERT INTO RecordChanges (TenantId, Id, Resource, RecordId, Revision, Field, OldValue, NewValue, ChangedAt, ActorKind, ActorId, ActorName)
        VALUES (@TenantId, @Id, @Resource, @RecordId, @Revision, @Field, @OldValue, @NewValue, @ChangedAt, @ActorKind, @ActorId, @ActorName)
        """);
}
