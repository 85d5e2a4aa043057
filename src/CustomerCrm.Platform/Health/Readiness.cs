using CustomerCrm.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Health;

/// <summary>
/// Whether this process should be sent requests: its migrations are done, it is not stopping, and the database takes a
/// write, tried with a real one of a single row.
/// </summary>
public sealed class Readiness : IDisposable
{
    private static readonly TimeSpan trust = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private readonly SystemDb db;
    private readonly TimeProvider clock;
    private readonly ILogger<Readiness> log;
    private readonly SemaphoreSlim gate = new(1);
    private volatile bool isMigrated;
    private volatile bool isStopping;
    private (bool Writable, long At)? last;

    internal Readiness(SystemDb db, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Readiness> log)
    {
        (this.db, this.clock, this.log) = (db, clock, log);
        lifetime.ApplicationStopping.Register(Stop);
    }

    /// <summary>To be called when the migrations have run; before that nothing is ready.</summary>
    public void Migrated() => isMigrated = true;

    internal void Stop() => isStopping = true;

    public void Dispose() => gate.Dispose();

    public async Task<bool> IsReadyAsync(CancellationToken ct) => isMigrated && !isStopping && await IsWritableAsync(ct) && !isStopping;

    // However many ask, the database is asked every few seconds.
    private async Task<bool> IsWritableAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (last is { } known && clock.GetElapsedTime(known.At) < trust) return known.Writable;
            last = (await TryWriteAsync(), clock.GetTimestamp());
            return last.Value.Writable;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<bool> TryWriteAsync()
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            return await db.ExecuteAsync(Write, new { Now = clock.GetUtcNow() }, limit.Token) == 1;
        }
        catch (Exception e)
        {
            log.LogError(e, "The database cannot be written to");
            return false;
        }
    }

    private static readonly SystemSql Write = SystemSql.Of("UPDATE ReadinessProbes SET CheckedAt = @Now WHERE Id = 1");
}
