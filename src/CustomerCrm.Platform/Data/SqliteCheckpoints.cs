using System.Threading.Channels;
using SQLitePCL;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// Brings what was committed from the log (WAL) into the file, on a connection of its own. By itself SQLite has whoever commits do it,
/// every thousand pages, with an fsync of the file; and on the one connection that writes, all others would wait for that.
/// </summary>
internal sealed class SqliteCheckpoints : IAsyncDisposable
{
    private const int EveryPages = 4000;

    /// <summary>When the log is so long all the same, whoever commits does the rest: the end of the log is only reached, and its space used again, when nobody writes meanwhile.</summary>
    public const int MostPages = 16_000;

    private readonly Channel<bool> wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task running;
    private int writtenBefore;

    public SqliteCheckpoints(Func<Task<PreparingConnection>> open) => running = Task.Run(() => RunAsync(open));

    /// <summary>After each commit of the writer, by the writer.</summary>
    public void Committed(sqlite3 writer)
    {
        if (raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0) != raw.SQLITE_OK || written - writtenBefore < EveryPages) return;
        writtenBefore = written;
        wanted.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        wanted.Writer.TryComplete();
        await running;
    }

    private async Task RunAsync(Func<Task<PreparingConnection>> open)
    {
        if (!await wanted.Reader.WaitToReadAsync()) return;
        await using var connection = await open();
        // What goes wrong here is tried again the next time; nothing is lost, for the log stays.
        await foreach (var _ in wanted.Reader.ReadAllAsync()) raw.sqlite3_wal_checkpoint_v2(connection.Inner.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var _, out var _);
    }
}
