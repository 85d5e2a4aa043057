using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Applies again what was refused, once what was wrong is mended.</summary>
internal sealed class ReplayDeliveries(DeliverySettling settling, TenantDb db, JobQueue jobs)
{
    /// <summary>One, with its outcome. Opens transactions of its own.</summary>
    /// <exception cref="ApiProblem">409: it was not refused, or what it said has been forgotten.</exception>
    public async Task<HookDelivery.Shown> OneAsync(Guid receiver, Id<HookDelivery> deliveryId, CancellationToken ct)
    {
        await HookDelivery.FindAsync(receiver, deliveryId, db, ct);
        if (await db.ExecuteAsync(Reopen, new { DeliveryId = deliveryId }, ct) == 0) throw ApiProblem.Conflict("delivery_not_refused", "Only a delivery that was refused or ignored, and whose body is still kept, can be replayed.");
        if (await settling.SettleAsync(deliveryId, ct) is null) await jobs.EnqueueOnceAsync(new ApplyDeliveries(receiver), receiver.ToString("N"), ct);
        return await HookDelivery.FindAsync(receiver, deliveryId, db, ct);
    }

    /// <summary>All that were refused, by a job.</summary>
    public async Task<ReplayedDeliveries> AllAsync(Guid receiver, CancellationToken ct)
    {
        var reopened = await db.ExecuteAsync(ReopenAll, new { ReceiverId = receiver.ToByteArray(bigEndian: true) }, ct);
        if (reopened > 0) await jobs.EnqueueOnceAsync(new ApplyDeliveries(receiver), receiver.ToString("N"), ct);
        return new ReplayedDeliveries { Replayed = reopened };
    }

    private static readonly TenantSql Reopen = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Outcome = 1, ErrorsText = NULL, Attempts = 0
        WHERE TenantId = @TenantId
          AND Id = @DeliveryId
          AND Outcome IN (3, 4)
          AND Body IS NOT NULL
        """);

    private static readonly TenantSql ReopenAll = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Outcome = 1, ErrorsText = NULL, Attempts = 0
        WHERE TenantId = @TenantId
          AND ReceiverId = @ReceiverId
          AND Outcome = 3
          AND Body IS NOT NULL
        """);
}

/// <summary>What a replay of all that was refused has begun.</summary>
public sealed record ReplayedDeliveries
{
    /// <summary>How many are applied again, behind the answer.</summary>
    public required int Replayed { get; init; }
}
