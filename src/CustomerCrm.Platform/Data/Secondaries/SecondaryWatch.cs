using System.Data.Common;
using CustomerCrm.Platform.Health;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Data.Secondaries;

/// <summary>
/// Writes the time into every database that has a secondary, and reads there how far it has come: every engine replays what was committed in
/// its order, so all before the time that is read is there too. Runs only where a secondary is named.
/// </summary>
internal sealed class SecondaryWatch(Databases databases, ILogger<SecondaryWatch> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Database, DateTimeOffset> began = [];
    private readonly HashSet<Database> silent = [];

    protected override Task ExecuteAsync(CancellationToken stopping)
    {
        var watched = databases.All.Where(d => d.Secondary is not null).ToArray();
        Telemetry.SecondaryLag = () => watched.Max(d => d.Secondary!.Lag);
        return Task.WhenAll(watched.Select(d => WatchAsync(d, stopping)));
    }

    /// <summary>One look at one database's secondary.</summary>
    internal async Task LookAsync(Database database, CancellationToken ct)
    {
        var (secondary, now) = (database.Secondary!, database.Secondary!.Clock.GetUtcNow());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        await database.System.ExecuteAsync(Write, new { Now = now }, limit.Token);
        var first = began.TryAdd(database, now) ? now : began[database];
        DateTimeOffset seen;
        try
        {
            seen = (await secondary.Database.System.QueryAsync<Beat>(Read, null, limit.Token)).Single().CheckedAt;
        }
        catch (Exception e) when (e is DbException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            secondary.Failed();
            if (silent.Add(database)) log.LogWarning(e, "The secondary of {Database} does not answer; everything is read from the primary", database.Place);
            return;
        }
        if (silent.Remove(database)) log.LogInformation("The secondary of {Database} answers again", database.Place);
        if (seen >= first) secondary.Saw(seen); // before that it may not have what this process goes by, such as who has moved here
    }

    private async Task WatchAsync(Database database, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, database.Secondary!.Clock);
        try
        {
            do
            {
                try
                {
                    await LookAsync(database, stopping);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    log.LogWarning(e, "How far the secondary of {Database} has come cannot be asked just now", database.Place);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private sealed record Beat
    {
        public required DateTimeOffset CheckedAt { get; init; }
    }

    private static readonly SystemSql Write = SystemSql.Of("UPDATE ReadinessProbes SET CheckedAt = @Now WHERE Id = 1");

    private static readonly SystemSql Read = SystemSql.Of("SELECT p.CheckedAt FROM ReadinessProbes p WHERE p.Id = 1");
}
