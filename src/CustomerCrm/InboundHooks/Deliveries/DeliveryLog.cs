using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Keeps what comes in, and what became of it.</summary>
internal sealed class DeliveryLog(TenantDb db, JobQueue jobs, TimeProvider clock)
{
    /// <summary>After so long a job applies what the request itself did not come to.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <summary>On the disk when it returns.</summary>
    /// <returns>Its id, or that of the one it is the same as.</returns>
    public async Task<(Id<HookDelivery> Id, bool IsDuplicate)> StoreAsync(IncomingDelivery incoming, CancellationToken ct)
    {
        var (id, receiver) = (Id<HookDelivery>.New(), incoming.Receiver.ToByteArray(bigEndian: true));
        var key = SHA256.HashData(Encoding.UTF8.GetBytes(incoming.SameAs));
        Id<HookDelivery>? known = null;
        await db.InTransactionAsync(async () =>
        {
            if ((known = await db.FindAsync<Id<HookDelivery>?>(Known, new { ReceiverId = receiver, DedupeKey = key }, ct)) is not null) return;
            try
            {
                await db.ExecuteAsync(Insert, new
                {
                    Id = id, ReceiverKind = (int)incoming.Kind, ReceiverId = receiver, DedupeKey = key, incoming.Topic, incoming.Body, BodyBytes = Encoding.UTF8.GetByteCount(incoming.Body),
                    HeadersText = incoming.Headers.Count == 0 ? null : JsonSerializer.Serialize(incoming.Headers), Now = clock.GetUtcNow(),
                }, ct);
            }
            catch (DuplicateKeyException) // somebody was faster
            {
                known = await db.FindAsync<Id<HookDelivery>?>(Known, new { ReceiverId = receiver, DedupeKey = key }, ct);
                return;
            }
            var work = new ApplyDeliveries(incoming.Receiver);
            await jobs.EnqueueAsync(work, new JobTerms { UniqueKey = incoming.Receiver.ToString("N"), RunAt = clock.GetUtcNow() + patience }, ct);
        }, ct);
        return (known ?? id, known is not null);
    }

    /// <summary>Takes one that is to be applied, so that nobody else does. In the transaction that applies it.</summary>
    /// <returns>Null: it has come to an outcome already.</returns>
    public async Task<HookDelivery.Shown?> TakeAsync(Id<HookDelivery> deliveryId, CancellationToken ct) =>
        await db.ExecuteAsync(Take, new { DeliveryId = deliveryId }, ct) == 0 ? null : await db.FindAsync<HookDelivery.Shown>(ById, new { DeliveryId = deliveryId }, ct);

    public Task SettleAsync(Id<HookDelivery> deliveryId, DeliveryResult result, CancellationToken ct) => db.ExecuteAsync(Settle, new
    {
        DeliveryId = deliveryId,
        Outcome = (int)result.Outcome,
        ResultsText = result.Written.Count == 0 ? null : JsonSerializer.Serialize(result.Written, StrictJson.Options),
        ErrorsText = (string?)null,
        result.MappingVersion,
        result.WaitsFor,
        SubjectId = result.Subject?.ToByteArray(bigEndian: true),
        Now = clock.GetUtcNow(),
    }, ct);

    /// <returns>False: it has come to another outcome meanwhile.</returns>
    public async Task<bool> RefuseAsync(Id<HookDelivery> deliveryId, IReadOnlyList<DeliveryError> errors, int? mappingVersion, CancellationToken ct) => await db.ExecuteAsync(Settle, new
    {
        DeliveryId = deliveryId,
        Outcome = (int)DeliveryOutcome.Refused,
        ResultsText = (string?)null,
        ErrorsText = JsonSerializer.Serialize(errors, StrictJson.Options),
        MappingVersion = mappingVersion,
        WaitsFor = (string?)null,
        SubjectId = (byte[]?)null,
        Now = clock.GetUtcNow(),
    }, ct) == 1;

    /// <returns>How often it has been tried, this time counted.</returns>
    public async Task<int> CountAttemptAsync(Id<HookDelivery> deliveryId, CancellationToken ct)
    {
        await db.ExecuteAsync(CountAttempt, new { DeliveryId = deliveryId }, ct);
        return await db.FindAsync<int>(Attempts, new { DeliveryId = deliveryId }, ct);
    }

    private static readonly TenantSql Known = TenantSql.Of("""
        SELECT d.Id
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceiverId = @ReceiverId
          AND d.DedupeKey = @DedupeKey
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO HookDeliveries (TenantId, Id, ReceiverKind, ReceiverId, DedupeKey, Topic, Outcome, Body, BodyBytes, HeadersText, Attempts, ReceivedAt)
        VALUES (@TenantId, @Id, @ReceiverKind, @ReceiverId, @DedupeKey, @Topic, 1, @Body, @BodyBytes, @HeadersText, 0, @Now)
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Attempts = Attempts + 1
        WHERE TenantId = @TenantId
          AND Id = @DeliveryId
          AND Outcome IN (1, 5)
        """);

    private static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {HookDelivery.Columns}, d.Body
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.Id = @DeliveryId
        """);

    private static readonly TenantSql Settle = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Outcome = @Outcome, ResultsText = @ResultsText, ErrorsText = @ErrorsText, MappingVersion = @MappingVersion, WaitsFor = @WaitsFor, SubjectId = @SubjectId, SettledAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @DeliveryId
          AND Outcome IN (1, 5)
        """);

    private static readonly TenantSql CountAttempt = TenantSql.Of("""
        UPDATE HookDeliveries
        SET Attempts = Attempts + 1
        WHERE TenantId = @TenantId
          AND Id = @DeliveryId
        """);

    private static readonly TenantSql Attempts = TenantSql.Of("SELECT d.Attempts FROM HookDeliveries d WHERE d.TenantId = @TenantId AND d.Id = @DeliveryId");
}

/// <summary>Something that has just come in.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Receiver">Which hook or storefront.</param>
/// <param name="SameAs">Another that says the same here is this one again.</param>
/// <param name="Topic">The kind of news, where a header says it.</param>
/// <param name="Body">As it came.</param>
/// <param name="Headers">Those that matter later.</param>
internal sealed record IncomingDelivery(EntryKind Kind, Guid Receiver, string SameAs, string? Topic, string Body, IReadOnlyDictionary<string, string> Headers);
