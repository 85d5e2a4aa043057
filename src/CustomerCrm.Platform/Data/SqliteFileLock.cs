namespace CustomerCrm.Platform.Data;

/// <summary>
/// One process owns a SQLite file: a lock on a file beside it, which the operating system gives back however the process
/// ends, kill -9 too. The lock file itself stays, empty: removing it would let two believe they hold it.
/// </summary>
public sealed class SqliteFileLock : IDisposable
{
    /// <summary>What the program ends with when another owns the file.</summary>
    public const int ExitCode = 3;

    private readonly FileStream held;

    private SqliteFileLock(FileStream held) => this.held = held;

    /// <returns>Null where there is no file to own: SQL Server, or SQLite in memory.</returns>
    /// <exception cref="DatabaseInUseException">Another process has it.</exception>
    public static SqliteFileLock? Take(Database database) => database.FileName is { } file ? TakeFile(file) : null;

    public void Dispose() => held.Dispose();

    private static SqliteFileLock TakeFile(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix and an exclusive handle on Windows.
            return new SqliteFileLock(new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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
