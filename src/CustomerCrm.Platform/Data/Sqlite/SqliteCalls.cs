using System.Runtime.InteropServices;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// SQLite's own functions. For a prepared statement by its bare handle: the package's are the same, but count the users of the handle at
/// each call, of which a write makes a hundred. And how it reaches files, which the package does not have. https://www.sqlite.org/c3ref/funclist.html
/// </summary>
internal static unsafe class SqliteCalls
{
    // SQLITE_TRANSIENT: SQLite takes a copy before it returns.
    private const nint Copied = -1;

    private const string Library = "e_sqlite3";
    private const DllImportSearchPath Where = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;

    public static int BindText(nint statement, int place, ReadOnlySpan<byte> text)
    {
        var none = default(byte); // no text at all is not null, which no place would be
        fixed (byte* first = text) return sqlite3_bind_text(statement, place, first is null ? &none : first, text.Length, Copied);
    }

    public static int BindBlob(nint statement, int place, ReadOnlySpan<byte> bytes)
    {
        var none = default(byte);
        fixed (byte* first = bytes) return sqlite3_bind_blob(statement, place, first is null ? &none : first, bytes.Length, Copied);
    }

    [DllImport(Library, EntryPoint = "sqlite3_bind_null", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where), SuppressGCTransition]
    public static extern int BindNull(nint statement, int place);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where), SuppressGCTransition]
    public static extern int BindInt64(nint statement, int place, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_double", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where), SuppressGCTransition]
    public static extern int BindDouble(nint statement, int place, double value);

    [DllImport(Library, EntryPoint = "sqlite3_step", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    public static extern SqliteFiles* FindFiles(byte* name);

    [DllImport(Library, EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    public static extern int RegisterFiles(SqliteFiles* files, int isDefault);

    [DllImport(Library, EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    public static extern int ControlFile(sqlite3 connection, byte* database, int what, void* with);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    private static extern int sqlite3_bind_text(nint statement, int place, byte* text, int length, nint then);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(Where)]
    private static extern int sqlite3_bind_blob(nint statement, int place, byte* bytes, int length, nint then);
}
