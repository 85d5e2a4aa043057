using System.Threading.Channels;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// Brings what was committed from the log (WAL) into the file, on a connection of its own. By itself SQLite has whoever commits do it,
/// every thousand pages, with an fsync of the file; and on the one connection that writes, all others would wait for that.
/// </summary>
internal sealed class SqliteCheckpoints : IAsyncDisposable
{
    private const int EveryPages = 4000;

    /// <summary>So few that whoever commits can bring them over, and nobody feels it.</summary>
    private const int FewPages = 400;

    /// <summary>Each pass brings over what was written during the one before; a disk that cannot keep up is not tried for ever.</summary>
    private const int MostPasses = 8;

    /// <summary>When the log is so long all the same, because of a reader who does not end or of commits of many pages, whoever commits does the rest.</summary>
    public const int MostPages = 16_000;

    private readonly Channel<bool> wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task running;
    private int writtenBefore, unasked;
    private volatile bool isNearlyDone;

    public SqliteCheckpoints(Func<Task<PreparingConnection>> open) => running = Task.Run(() => RunAsync(open));

    /// <summary>After each commit of the writer, by the writer.</summary>
    public void Committed(sqlite3 writer)
    {
        if (raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0) != raw.SQLITE_OK) return;
        var pages = written - writtenBefore;
        writtenBefore = written;
        // The log begins anew only when all of it is in the file, and while somebody writes without a pause it never is. So the
        // last few pages are the writer's own: what it writes next is the first page of the log again. A commit of many pages leaves no few.
        if (isNearlyDone)
        {
            isNearlyDone = false;
            if (pages <= FewPages) raw.sqlite3_wal_checkpoint_v2(writer, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var _, out var _);
        }
        if ((unasked += pages) < EveryPages) return;
        unasked = 0;
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
        await foreach (var _ in wanted.Reader.ReadAllAsync()) isNearlyDone = Pass(connection.Inner.Handle!);
    }

    // What goes wrong here is tried again the next time; nothing is lost, for the log stays. SQLite makes sure of the file only where nothing was
    // added to the log meanwhile; else that would be left to the writer too, and take it far longer than the few pages.
    private static bool Pass(sqlite3 connection)
    {
        var before = 0;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            if (raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out var inFile) != raw.SQLITE_OK || !SqliteFiles.Sync(connection)) return false;
            if (inFile - before <= FewPages) return true;
            before = inFile;
        }
        return false;
    }
}
