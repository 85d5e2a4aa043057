using CustomerCrm.Platform.Data;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Jobs;

/// <summary>
/// The queue as the workers see it, across tenants. Whoever claims a job gets a lease and a number, the fence;
/// a worker whose lease ran out no longer has the right number, so what it says afterwards changes nothing.
/// </summary>
internal sealed class JobStore(Databases databases, TimeProvider clock, IOptions<JobOptions> options)
{
    private static readonly string me = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Tenants that have something due. One seek for each tenant, however many jobs there are.</summary>
    public Task<IReadOnlyList<int>> TenantsDueAsync(CancellationToken ct) => databases.QueryReachableAsync<int>(TenantsDue, new { Now = clock.GetUtcNow() }, tenantId => tenantId, ct);

    /// <summary>Takes the tenant's oldest due job, or one whose worker went silent.</summary>
    public async Task<ClaimedJob?> ClaimAsync(int tenantId, CancellationToken ct)
    {
        if (await databases.IsHeldAsync(tenantId, ct)) return null;
        var now = clock.GetUtcNow();
        return (await databases.Of(tenantId).System.ClaimAsync<ClaimedJob>(Claim, new { Tenant = tenantId, Now = now, Until = now + options.Value.Lease, Me = me }, ct)).SingleOrDefault();
    }

    /// <returns>False: the lease was lost, the job is another's.</returns>
    public Task<bool> RenewAsync(ClaimedJob job, CancellationToken ct) =>
        SayAsync(Renew, job.TenantId, new { job.TenantId, job.Id, job.Fence, Until = clock.GetUtcNow() + options.Value.Lease }, ct);

    /// <inheritdoc cref="RenewAsync"/>
    public Task<bool> DoneAsync(ClaimedJob job, CancellationToken ct) =>
        SayAsync(Done, job.TenantId, new { job.TenantId, job.Id, job.Fence }, ct);

    /// <inheritdoc cref="RenewAsync"/>
    public Task<bool> RetryAsync(ClaimedJob job, string error, TimeSpan delay, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return SayAsync(Retry, job.TenantId, new { job.TenantId, job.Id, job.Fence, DueAt = now + delay, Now = now, Error = error }, ct);
    }

    /// <inheritdoc cref="RenewAsync"/>
    public Task<bool> BuryAsync(ClaimedJob job, string error, CancellationToken ct) =>
        SayAsync(Bury, job.TenantId, new { job.TenantId, job.Id, job.Fence, Now = clock.GetUtcNow(), Error = error }, ct);

    /// <summary>Gives it back untried: this process stops.</summary>
    public Task<bool> ReleaseAsync(ClaimedJob job, CancellationToken ct) =>
        SayAsync(Release, job.TenantId, new { job.TenantId, job.Id, job.Fence, Now = clock.GetUtcNow() }, ct);

    private async Task<bool> SayAsync(SystemSql statement, int tenantId, object args, CancellationToken ct) =>
        await databases.Of(tenantId).System.ExecuteAsync(statement, args, ct) == 1;

    private static readonly SystemSql TenantsDue = SystemSql.Of("""
        SELECT t.TenantId
        FROM Tenants t
        WHERE EXISTS (SELECT 1 FROM Jobs j WHERE j.TenantId = t.TenantId AND j.DueAt <= @Now)
        UNION ALL
        SELECT 0 AS TenantId
        WHERE EXISTS (SELECT 1 FROM Jobs j WHERE j.TenantId = 0 AND j.DueAt <= @Now)
        """);

    // Two workers must never claim the same row. SQL Server, at READ COMMITTED: UPDLOCK keeps the row that was found
    // until the commit, READPAST lets a second worker step over it to the next instead of waiting, and the last
    // condition looks again at what is being changed. SQLite has one writer.
    private static readonly SystemSql Claim = SystemSql.Of(
        sqlServer: """
            UPDATE Jobs
            SET State = 1, DueAt = @Until, Attempts = CASE WHEN State = 1 THEN Attempts ELSE Attempts + 1 END, Lost = CASE WHEN State = 1 THEN Lost + 1 ELSE Lost END, Fence = Fence + 1, Owner = @Me, StartedAt = @Now, UniqueKey = NULL
            OUTPUT inserted.TenantId, inserted.Id, inserted.Kind, inserted.Payload, inserted.Attempts, inserted.Lost, inserted.Fence, inserted.EnqueuedAt
            WHERE TenantId = @Tenant
              AND Id = (SELECT TOP (1) j.Id FROM Jobs j WITH (READPAST, UPDLOCK, ROWLOCK)
                        WHERE j.TenantId = @Tenant AND j.DueAt <= @Now
                        ORDER BY j.DueAt, j.Id)
              AND DueAt <= @Now
            """,
        sqlite: """
            UPDATE Jobs
            SET State = 1, DueAt = @Until, Attempts = CASE WHEN State = 1 THEN Attempts ELSE Attempts + 1 END, Lost = CASE WHEN State = 1 THEN Lost + 1 ELSE Lost END, Fence = Fence + 1, Owner = @Me, StartedAt = @Now, UniqueKey = NULL
            WHERE TenantId = @Tenant
              AND Id = (SELECT j.Id FROM Jobs j
                        WHERE j.TenantId = @Tenant AND j.DueAt <= @Now
                        ORDER BY j.DueAt, j.Id LIMIT 1)
            RETURNING TenantId, Id, Kind, Payload, Attempts, Lost, Fence, EnqueuedAt
            """);

    private static readonly SystemSql Renew = SystemSql.Of("""
        UPDATE Jobs SET DueAt = @Until
        WHERE TenantId = @TenantId AND Id = @Id AND Fence = @Fence
        """);

    private static readonly SystemSql Done = SystemSql.Of("""
        DELETE FROM Jobs
        WHERE TenantId = @TenantId AND Id = @Id AND Fence = @Fence
        """);

    private static readonly SystemSql Retry = SystemSql.Of("""
        UPDATE Jobs SET State = 0, DueAt = @DueAt, Fence = Fence + 1, Owner = NULL, FailedAt = @Now, LastError = @Error
        WHERE TenantId = @TenantId AND Id = @Id AND Fence = @Fence
        """);

    private static readonly SystemSql Bury = SystemSql.Of("""
        UPDATE Jobs SET State = 2, DueAt = NULL, Fence = Fence + 1, Owner = NULL, FailedAt = @Now, LastError = @Error
        WHERE TenantId = @TenantId AND Id = @Id AND Fence = @Fence
        """);

    private static readonly SystemSql Release = SystemSql.Of("""
        UPDATE Jobs SET State = 0, DueAt = @Now, Attempts = Attempts - 1, Fence = Fence + 1, Owner = NULL
        WHERE TenantId = @TenantId AND Id = @Id AND Fence = @Fence
        """);
}

internal sealed record ClaimedJob
{
    public required int TenantId { get; init; }
    public required Id<Job> Id { get; init; }
    public required string Kind { get; init; }
    public required string Payload { get; init; }
    public required int Attempts { get; init; }

    /// <summary>How many workers died with it. That is no attempt.</summary>
    public required int Lost { get; init; }
    public required int Fence { get; init; }
    public required DateTimeOffset EnqueuedAt { get; init; }
}
