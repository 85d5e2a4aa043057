namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// One process owns its SQLite files: a lock on a file beside each, which the operating system gives back however the process
/// ends, kill -9 too. The lock file itself stays, empty: removing it would let two believe they hold it.
/// </summary>
public sealed class SqliteFileLock : IDisposable
{
    /// <summary>What the program ends with when another owns the file.</summary>
    public const int ExitCode = 3;

    private readonly List<FileStream> held = [];

    private SqliteFileLock(IReadOnlyList<Database> owned) => Owned = owned;

    /// <summary>Those whose files this process owns.</summary>
    public IReadOnlyList<Database> Owned { get; }

    /// <summary>All of them, or none. There is nothing to own where the data is elsewhere: SQL Server, or SQLite in memory.</summary>
    /// <exception cref="DatabaseInUseException">Another process has one.</exception>
    public static SqliteFileLock Take(Databases databases)
    {
        var taken = new SqliteFileLock([.. databases.All.Where(d => d.FileName is not null)]);
        try
        {
            foreach (var database in taken.Owned) taken.held.Add(TakeFile(database.FileName!));
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose() => held.ForEach(file => file.Dispose());

    private static FileStream TakeFile(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix and an exclusive handle on Windows.
            return new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new DatabaseInUseException(file, e);
        }
    }
}

/// <summary>Says in one sentence why the program will not start. It then ends with <see cref="SqliteFileLock.ExitCode"/>.</summary>
public sealed class DatabaseInUseException(string file, Exception inner)
    : Exception($"Another CustomerCrm process is already using the database file {file}: stop it first, or use SQL Server to run several.", inner);
