using System.Runtime.InteropServices;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>How SQLite reaches files, in its own words <c>sqlite3_vfs</c>; of its third version. https://www.sqlite.org/c3ref/vfs.html</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFiles
{
    public int Version;

    /// <summary>How much memory SQLite gives to each open file.</summary>
    public int FileBytes;

    public int LongestPath;
    public SqliteFiles* Next;
    public byte* Name;
    public void* Data;
    public delegate* unmanaged[Cdecl]<SqliteFiles*, byte*, SqliteFile*, int, int*, int> Open;
    public fixed long Others[15];

    /// <summary>The usual way of this system, where there is one and it is of this form.</summary>
    public static SqliteFiles* Usual => sizeof(nint) == sizeof(long) ? SqliteCalls.FindFiles(null) : null;

    /// <returns>Whether connections can ask for it by its name from now on. It must stay where it is.</returns>
    public static bool Register(SqliteFiles* files) => SqliteCalls.RegisterFiles(files, isDefault: 0) == 0;

    /// <summary>Has the system put what was written to a connection's file on the disk. SQLite's own handle of it: were another one closed, all locks on the file would be lost.</summary>
    public static bool Sync(sqlite3 connection)
    {
        const int filePointer = 7, normal = 2;
        SqliteFile* file = null;
        return SqliteCalls.ControlFile(connection, null, filePointer, &file) == 0 && file is not null && file->Methods is not null && file->Methods->Sync(file, normal) == 0;
    }
}

/// <summary>An open file, <c>sqlite3_file</c>: what can be done with it, and then whatever its own kind needs.</summary>
internal unsafe struct SqliteFile
{
    public SqliteFileMethods* Methods;
}

/// <summary><c>sqlite3_io_methods</c>, as much as its first version has. https://www.sqlite.org/c3ref/io_methods.html</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
    public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Read, Write;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long*, int> Size;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Lock, Unlock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int*, int> IsLocked;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, void*, int> Control;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> SectorBytes, Characteristics;
}
