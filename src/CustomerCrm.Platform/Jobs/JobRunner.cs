using System.Diagnostics;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Jobs;

/// <summary>Takes due jobs, tenant by tenant in turn, and runs each in a scope of its own as the tenant that asked for it.</summary>
internal sealed class JobRunner(
    IServiceScopeFactory scopes, IEnumerable<JobKind> kinds, JobStore store, JobTurns turns, IOptions<JobOptions> options,
    TimeProvider clock, ILogger<JobRunner> log) : IDisposable
{
    private readonly Dictionary<string, JobKind> kinds = kinds.DistinctBy(k => k.Name).ToDictionary(k => k.Name);
    private readonly SemaphoreSlim byHand = new(1);
    private readonly int mostOfOneTenant = Math.Max(1, options.Value.Concurrency - 1);

    /// <summary>Runs all that is due now, one after the other, and what that queues in turn.</summary>
    /// <returns>How many jobs ran.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        await byHand.WaitAsync(ct); // else a second caller sees nothing due while the first still runs it
        try
        {
            for (var ran = 0; ;)
            {
                await LookAsync(ct);
                var before = ran;
                while (await RunNextAsync(ct, ct)) ran++;
                if (ran == before) return ran;
            }
        }
        finally
        {
            byHand.Release();
        }
    }

    public void Dispose() => byHand.Dispose();

    /// <summary>Finds the tenants that have something due.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var tenantId in await store.TenantsDueAsync(ct)) turns.Ring(tenantId);
    }

    /// <param name="ct">Stops taking jobs.</param>
    /// <param name="abort">Stops the one that runs, and puts it back.</param>
    /// <returns>False: nobody known has anything due.</returns>
    public async Task<bool> RunNextAsync(CancellationToken ct, CancellationToken abort)
    {
        while (!ct.IsCancellationRequested && turns.TryTake(mostOfOneTenant, out var tenantId))
        {
            try
            {
                if (await store.ClaimAsync(tenantId, ct) is not { } job) continue;
                turns.Ring(tenantId);
                await RunAsync(job, abort);
                return true;
            }
            finally
            {
                turns.Finish(tenantId);
            }
        }
        return false;
    }

    private async Task RunAsync(ClaimedJob job, CancellationToken abort)
    {
        using var activity = Telemetry.Source.StartActivity("job", ActivityKind.Consumer)?.SetTag("job.kind", job.Kind);
        using var naming = log.BeginScope("Tenant {TenantId} job {JobId}", job.TenantId, job.Id);
        var started = clock.GetTimestamp();
        await using var lease = JobLease.Keep(store, job, options.Value.Lease / 3, clock, abort);
        try
        {
            if (IsHopeless(job)) throw new JobFailedException("worker_lost");
            await CallAsync(job, lease.Lost);
            if (!await store.DoneAsync(job, CancellationToken.None)) log.LogWarning("Job {Kind} outlived its lease; another worker has it", job.Kind);
            Telemetry.JobRan(job.Kind, "done", clock.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            await store.ReleaseAsync(job, CancellationToken.None);
            log.LogInformation("Job {Kind} was put back: the program stops", job.Kind);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            log.LogWarning("Job {Kind} lost its lease; another worker has it", job.Kind);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            await FailAsync(job, e, clock.GetElapsedTime(started));
        }
    }

    // So many workers that took it died.
    private bool IsHopeless(ClaimedJob job) => job.Lost >= options.Value.MaxLost;

    private async Task CallAsync(ClaimedJob job, CancellationToken ct)
    {
        if (!kinds.TryGetValue(job.Kind, out var kind)) throw new JobFailedException("unknown_kind");
        await using var scope = ScopeOf(job);
        await kind.RunAsync(scope.ServiceProvider, job.Payload, ct);
    }

    private AsyncServiceScope ScopeOf(ClaimedJob job)
    {
        var scope = scopes.CreateAsyncScope();
        if (job.TenantId != 0) scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(job.TenantId);
        scope.ServiceProvider.GetRequiredService<Caller>().ActAs(new Actor(ActorKind.Job, job.Id.ToString(), job.Kind));
        return scope;
    }

    private async Task FailAsync(ClaimedJob job, Exception e, TimeSpan took)
    {
        if (job.Attempts < options.Value.MaxAttempts && !IsHopeless(job))
        {
            log.LogWarning("Job {Kind} failed, attempt {Attempt}; it will be tried again: {Trace}", job.Kind, job.Attempts, SafeTrace.Of(e));
            Telemetry.JobRan(job.Kind, "failed", took);
            await store.RetryAsync(job, ErrorOf(e), RetryDelay.After(job.Attempts, Random.Shared.NextDouble()), CancellationToken.None);
            return;
        }
        log.LogError("Job {Kind} failed for the last time, attempt {Attempt}; it is set aside: {Trace}", job.Kind, job.Attempts, SafeTrace.Of(e));
        Telemetry.JobRan(job.Kind, "dead", took);
        await GiveUpAsync(job, ErrorOf(e));
        await store.BuryAsync(job, ErrorOf(e), CancellationToken.None);
    }

    // Before it is buried: if this process dies in between, another finds the job once more. And only while it is ours: who has it now may succeed.
    private async Task GiveUpAsync(ClaimedJob job, string error)
    {
        if (!kinds.TryGetValue(job.Kind, out var kind) || !await store.RenewAsync(job, CancellationToken.None)) return;
        try
        {
            await using var scope = ScopeOf(job);
            await kind.GiveUpAsync(scope.ServiceProvider, job.Payload, error, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError("Job {Kind} is set aside, but what it worked on could not be told so: {Trace}", job.Kind, SafeTrace.Of(e));
        }
    }

    // Shown to the tenant, so: our own words, never a message that may quote their data.
    private static string ErrorOf(Exception e) => e switch
    {
        JobFailedException failed => failed.Code,
        ApiProblem problem => problem.Code,
        _ => e.GetType().Name,
    };
}

/// <summary>A job gives up this attempt for a reason that its tenant may read.</summary>
/// <param name="code">Stable, for programs: <c>provider_unreachable</c>. At most 200 characters.</param>
public sealed class JobFailedException(string code) : Exception(code)
{
    public string Code => Message;
}
