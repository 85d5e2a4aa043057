using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Jobs;

/// <summary>
/// Work to do after the request. A job is a row, written in the caller's transaction and carrying its tenant:
/// if the transaction is undone, so is the job. The workers of this process hear of it when the transaction is committed.
/// </summary>
public sealed class JobQueue
{
    private readonly TenantDb db;
    private readonly CurrentTenant tenant;
    private readonly JobTurns turns;
    private readonly TimeProvider clock;

    internal JobQueue(TenantDb db, CurrentTenant tenant, JobTurns turns, TimeProvider clock) =>
        (this.db, this.tenant, this.turns, this.clock) = (db, tenant, turns, clock);

    public Task EnqueueAsync<TWork>(TWork work, CancellationToken ct) where TWork : notnull =>
        EnqueueAsync(work, new JobTerms(), ct);

    /// <summary>As <see cref="EnqueueAsync{TWork}(TWork, CancellationToken)"/>, unless work with this key already waits.</summary>
    public Task EnqueueOnceAsync<TWork>(TWork work, string uniqueKey, CancellationToken ct) where TWork : notnull =>
        EnqueueAsync(work, new JobTerms { UniqueKey = uniqueKey }, ct);

    public Task EnqueueAsync<TWork>(TWork work, JobTerms terms, CancellationToken ct) where TWork : notnull
    {
        var now = clock.GetUtcNow();
        var kind = JobKind.NameOf(typeof(TWork));
        var row = new
        {
            Id = Id<Job>.New(),
            Kind = kind,
            Payload = JsonSerializer.Serialize(work, JobKind.Json),
            UniqueKey = terms.UniqueKey is null ? null : $"{kind}:{terms.UniqueKey}",
            DueAt = terms.RunAt ?? now,
            Now = now,
        };
        return db.InTransactionAsync(async () =>
        {
            if (row.UniqueKey is null) await db.ExecuteAsync(Insert, row, ct);
            else await InsertOnceAsync(row, ct);
            db.AfterCommit(() => turns.Ring(tenant.Id));
        }, ct);
    }

    /// <summary>Puts a dead job back into the queue with all its attempts.</summary>
    /// <returns>False: there is no such job, or it is not dead.</returns>
    public async Task<bool> ReplayAsync(Id<Job> jobId, CancellationToken ct)
    {
        var replayed = 0;
        await db.InTransactionAsync(async () =>
        {
            replayed = await db.ExecuteAsync(Replay, new { JobId = jobId, Now = clock.GetUtcNow() }, ct);
            db.AfterCommit(() => turns.Ring(tenant.Id));
        }, ct);
        return replayed == 1;
    }

    // The update is not idle: on SQL Server it holds the waiting row until we commit, so that no worker takes it
    // before what we changed can be seen. On SQLite nobody else writes meanwhile.
    private async Task InsertOnceAsync(object row, CancellationToken ct)
    {
        while (await db.ExecuteAsync(Advance, row, ct) == 0)
        {
            try
            {
                await db.ExecuteAsync(Insert, row, ct);
                return;
            }
            catch (DuplicateKeyException)
            {
                // Another writer was first and has committed. Hold that one, unless a worker has taken it since: then ours is a job of its own.
            }
        }
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Jobs (TenantId, Id, Kind, Payload, UniqueKey, State, DueAt, Attempts, Fence, EnqueuedAt)
        VALUES (@TenantId, @Id, @Kind, @Payload, @UniqueKey, 0, @DueAt, 0, 0, @Now)
        """);

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE Jobs
        SET DueAt = CASE WHEN DueAt > @DueAt THEN @DueAt ELSE DueAt END
        WHERE TenantId = @TenantId AND UniqueKey = @UniqueKey
        """);

    private static readonly TenantSql Replay = TenantSql.Of("""
        UPDATE Jobs
        SET State = 0, DueAt = @Now, Attempts = 0, Lost = 0, Fence = Fence + 1, FailedAt = NULL
        WHERE TenantId = @TenantId AND Id = @JobId AND State = 2
        """);
}

/// <summary>On what terms a job is queued.</summary>
public sealed record JobTerms
{
    /// <summary>Not before this time; null: as soon as there is a worker.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>
    /// While a job of this kind and key waits, another is not added; the earlier of the two times holds. At most 90 characters.
    /// Once the waiting one has begun, the next is a job of its own.
    /// </summary>
    public string? UniqueKey { get; init; }
}
