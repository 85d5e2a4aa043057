using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Problems;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// The one connection that writes. All who wait share a commit: each has a savepoint of its own, and hears that it
/// succeeded only when the commit that holds it has reached the disk. One fsync serves many requests, and none
/// of them can undo another. What runs inside must do nothing but talk to the database: everyone waits for it.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int Many = 8, MostInOneCommit = 256;
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(15);

    private readonly Channel<Write> waiting = Channel.CreateUnbounded<Write>(); // not told of its single reader, it knows its count
    private readonly SqliteCheckpoints checkpoints;
    private readonly Task running;

    public SqliteWriter(Func<Task<PreparingConnection>> open)
    {
        checkpoints = new SqliteCheckpoints(open);
        running = Task.Run(() => RunAsync(open));
    }

    public async Task RunAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct)
    {
        var write = new Write(work);
        if (!waiting.Writer.TryWrite(write)) throw Busy("The program is stopping. Nothing was changed; try again.");
        try
        {
            await write.Done.WaitAsync(longestWait, ct);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !write.Done.IsCompleted)
        {
            if (!write.TryAbandon()) await write.Done; // it has begun, so its outcome is the answer
            else if (e is TimeoutException) throw Busy("The database is busy. Nothing was changed; try again.");
            else throw;
        }
    }

    /// <summary>Whether somebody waits for whoever writes just now.</summary>
    public bool HasWaiting => waiting.Reader.Count > 0; // to peek would make the queue hold on to what it has given away

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await running;
        await checkpoints.DisposeAsync();
    }

    private async Task RunAsync(Func<Task<PreparingConnection>> open)
    {
        await using var preparing = await open();
        var connection = preparing.Inner;
        raw.sqlite3_wal_autocheckpoint(connection.Handle!, SqliteCheckpoints.MostPages);
        using var save = new SqliteStatement(connection, "SAVEPOINT request");
        using var undo = new SqliteStatement(connection, "ROLLBACK TO request");
        using var release = new SqliteStatement(connection, "RELEASE request");
        var batch = new List<Write>();
        var commitTook = TimeSpan.Zero;
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            try
            {
                await using var transaction = connection.BeginTransaction();
                // Who comes when there are many already goes along only for as long as a commit takes: then the next ones are served while the
                // clients of these get their answers and ask again. Were all let in, everybody would wait together, and nothing be done while they do.
                var (many, begun) = (Math.Max(Many, waiting.Reader.Count), Stopwatch.GetTimestamp());
                while (batch.Count < MostInOneCommit && (batch.Count < many || Stopwatch.GetElapsedTime(begun) < commitTook) && waiting.Reader.TryRead(out var write))
                {
                    if (!write.TryBegin()) continue;
                    batch.Add(write);
                    save.Run();
                    write.Error = await write.RunAsync(preparing, transaction);
                    if (raw.sqlite3_get_autocommit(connection.Handle!) != 0) throw write.Error ?? new InvalidOperationException("The transaction ended early.");
                    if (write.Error is not null) undo.Run();
                    release.Run();
                }
                var committing = Stopwatch.GetTimestamp();
                transaction.Commit();
                commitTook = Stopwatch.GetElapsedTime(committing);
                checkpoints.Committed(connection.Handle!);
            }
            catch (Exception e) // the whole commit failed (disk full, file locked from outside): nobody's work was kept
            {
                while (batch.Count < MostInOneCommit && waiting.Reader.TryRead(out var write))
                    if (write.TryBegin()) batch.Add(write);
                foreach (var write in batch) write.Error ??= e;
            }
            foreach (var write in batch) write.Finish();
        }
    }

    private static ApiProblem Busy(string detail)
    {
        Telemetry.DatabaseWasBusy();
        return ApiProblem.Other(503, "database_busy", detail, TimeSpan.FromSeconds(1));
    }

    private sealed class Write(Func<DbConnection, DbTransaction, Task> work)
    {
        private const int IsWaiting = 0, HasBegun = 1, IsAbandoned = 2;

        // The caller's context goes along, so that traces and logs inside still belong to its request.
        private readonly ExecutionContext? context = ExecutionContext.Capture();
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int state = IsWaiting;

        public Exception? Error { get; set; }
        public Task Done => done.Task;
        public bool TryBegin() => Interlocked.CompareExchange(ref state, HasBegun, IsWaiting) == IsWaiting;
        public bool TryAbandon() => Interlocked.CompareExchange(ref state, IsAbandoned, IsWaiting) == IsWaiting;

        public async Task<Exception?> RunAsync(DbConnection connection, DbTransaction transaction)
        {
            try
            {
                var task = Task.CompletedTask;
                if (context is null) task = work(connection, transaction);
                else ExecutionContext.Run(context, _ => task = work(connection, transaction), null);
                await task;
                return null;
            }
            catch (Exception e)
            {
                return e;
            }
        }

        public void Finish()
        {
            if (Error is null) done.SetResult();
            else done.SetException(Error);
        }
    }
}
