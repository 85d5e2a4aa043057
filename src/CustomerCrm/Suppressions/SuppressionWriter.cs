using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Suppressions;

/// <summary>Adds and removes suppressions in the caller's transaction, and tells it.</summary>
public sealed class SuppressionWriter
{
    private readonly TenantDb db;
    private readonly SuppressionKey keys;
    private readonly Caller caller;
    private readonly EventLog events;
    private readonly TimeProvider clock;

    internal SuppressionWriter(TenantDb db, SuppressionKey keys, Caller caller, EventLog events, TimeProvider clock) =>
        (this.db, this.keys, this.caller, this.events, this.clock) = (db, keys, caller, events, clock);

    /// <param name="channel">On which channel.</param>
    /// <param name="address">However it is written. It is not kept.</param>
    /// <param name="reason">Why.</param>
    /// <param name="source">Who or what said so, up to 100 characters.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The new one, or the one there is, with the reason it was first added for.</returns>
    public Task<(bool IsNew, Suppression Suppression)> AddAsync(MessageChannel channel, string address, SuppressionReason reason, string source, CancellationToken ct) =>
        AddAsync(channel, address, reason, source, note: null, ct);

    internal async Task<(bool IsNew, Suppression Suppression)> AddAsync(MessageChannel channel, string address, SuppressionReason reason, string source, string? note, CancellationToken ct)
    {
        var of = new { Channel = channel, AddressKey = keys.Of(channel, address) };
        if (await db.FindAsync<Suppression>(Suppression.ByAddress, of, ct) is { } known) return (false, known);
        var actor = caller.Actor;
        var suppression = new Suppression
        {
            Id = Id<Suppression>.New(),
            Channel = channel,
            MaskedAddress = MaskedAddress.Of(channel, address),
            Reason = reason,
            Source = source,
            Note = note,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        try
        {
            await db.ExecuteAsync(Insert, new
            {
                suppression.Id, of.Channel, of.AddressKey, Masked = suppression.MaskedAddress, suppression.Reason, suppression.Source, suppression.Note,
                suppression.ActorKind, suppression.ActorId, suppression.ActorName, suppression.CreatedAt,
            }, ct);
        }
        catch (DuplicateKeyException) // somebody was faster
        {
            return (false, (await db.FindAsync<Suppression>(Suppression.ByAddress, of, ct))!);
        }
        events.Record("suppression.added", suppression);
        return (true, suppression);
    }

    /// <summary>Lets messages go there again: for START, or an address that works again.</summary>
    /// <param name="channel">On which channel.</param>
    /// <param name="address">However it is written.</param>
    /// <param name="reason">Why, in words; the event tells it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False: it was not suppressed.</returns>
    public async Task<bool> RemoveAsync(MessageChannel channel, string address, string reason, CancellationToken ct) =>
        await db.FindAsync<Suppression>(Suppression.ByAddress, new { Channel = channel, AddressKey = keys.Of(channel, address) }, ct) is { } there
        && await RemoveAsync(there, reason, ct);

    internal async Task<bool> RemoveAsync(Suppression suppression, string reason, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { suppression.Id }, ct) == 0) return false;
        events.Record("suppression.removed", new RemovedSuppression { Suppression = suppression, Reason = reason, RemovedBy = caller.Actor });
        return true;
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Suppressions (TenantId, Id, Channel, AddressKey, Masked, Reason, Source, Note, ActorKind, ActorId, ActorName, CreatedAt)
        VALUES (@TenantId, @Id, @Channel, @AddressKey, @Masked, @Reason, @Source, @Note, @ActorKind, @ActorId, @ActorName, @CreatedAt)
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Suppressions WHERE TenantId = @TenantId AND Id = @Id");
}

/// <summary>The data of <c>suppression.removed</c>.</summary>
public sealed record RemovedSuppression
{
    public required Suppression Suppression { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    public required Actor RemovedBy { get; init; }
}
