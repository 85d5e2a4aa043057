using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// How the connection that writes reaches its files: as SQLite does by itself, but the pages of a commit go into the log (WAL) in one piece.
/// By itself SQLite hands the system each page in two calls, and those take most of the time of a commit that many share. Nothing is held
/// back longer than SQLite takes to write the commit: its last page sends all of it on, before anybody hears of it, and so does every sync.
/// What a savepoint must remember is written in pieces: where it grows too large for memory, SQLite hands over all of that memory at once.
/// https://www.sqlite.org/fileformat2.html#the_write_ahead_log
/// </summary>
internal static unsafe class SqliteWholeCommits
{
    private const int Ok = 0, OpensLog = 0x00080000, OpensTemporaryJournal = 0x00001000 | 0x00002000, FrameHeaderBytes = 24;

    // On Unix SQLite cannot write more in one call: it would take the disk for full.
    private const int MostBytes = (1 << 17) - 1;

    private static readonly SqliteFiles* usual = SqliteFiles.Usual;
    private static readonly SqliteFileMethods* methods = MethodsOfLog();

    /// <summary>What a connection string calls it; null where it cannot be had, and SQLite's own way must do.</summary>
    public static string? Name { get; } = Register("whole-commits");

    private static string? Register(string name)
    {
        if (usual is null) return null;
        var files = (SqliteFiles*)NativeMemory.Alloc((nuint)sizeof(SqliteFiles));
        *files = *usual;
        files->Version = Math.Min(usual->Version, 3);
        files->FileBytes += sizeof(Log);
        files->Next = null;
        files->Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        files->Open = &Open;
        return SqliteFiles.Register(files) ? name : null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(SqliteFiles* files, byte* name, SqliteFile* file, int flags, int* outcome)
    {
        if ((flags & (OpensLog | OpensTemporaryJournal)) == 0) return usual->Open(usual, name, file, flags, outcome);
        var log = (Log*)file;
        *log = default;
        var code = usual->Open(usual, name, Real(file), flags, outcome);
        if (code != Ok) return code;
        log->Methods = methods;
        if ((flags & OpensLog) != 0) log->Waiting = (byte*)NativeMemory.Alloc(MostBytes);
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, byte* from, int count, long at)
    {
        var log = (Log*)file;
        if ((at != log->At + log->Count || log->Count + count > MostBytes) && Send(file) is var code and not Ok) return code;
        for (; count > MostBytes; from += MostBytes, at += MostBytes, count -= MostBytes)
            if (Real(file)->Methods->Write(Real(file), from, MostBytes, at) is var failed and not Ok) return failed;
        // A page may be changed as soon as the journal has what it was, so nothing of a journal waits.
        if (log->Waiting is null) return Real(file)->Methods->Write(Real(file), from, count, at);

        if (log->Count == 0) log->At = at;
        Buffer.MemoryCopy(from, log->Waiting + log->Count, MostBytes - log->Count, count);
        log->Count += count;
        // Before each page goes its header. In that of a commit's last page stands how many pages the file has after it; else nothing.
        if (count == FrameHeaderBytes) log->IsLast = BinaryPrimitives.ReadInt32BigEndian(new ReadOnlySpan<byte>(from + 4, 4)) != 0;
        else if (log->IsLast) return Send(file);
        return Ok;
    }

    private static int Send(SqliteFile* file)
    {
        var log = (Log*)file;
        var count = log->Count;
        log->Count = 0; // what cannot be written is not tried again: SQLite takes the commit back
        return count == 0 ? Ok : Real(file)->Methods->Write(Real(file), log->Waiting, count, log->At);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(SqliteFile* file, byte* into, int count, long at) => Send(file) is var code and not Ok ? code : Real(file)->Methods->Read(Real(file), into, count, at);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long bytes) => Send(file) is var code and not Ok ? code : Real(file)->Methods->Truncate(Real(file), bytes);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags) => Send(file) is var code and not Ok ? code : Real(file)->Methods->Sync(Real(file), flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(SqliteFile* file, long* bytes) => Send(file) is var code and not Ok ? code : Real(file)->Methods->Size(Real(file), bytes);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(SqliteFile* file, int what, void* with) => Send(file) is var code and not Ok ? code : Real(file)->Methods->Control(Real(file), what, with);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(SqliteFile* file, int level) => Real(file)->Methods->Lock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(SqliteFile* file, int level) => Real(file)->Methods->Unlock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsLocked(SqliteFile* file, int* answer) => Real(file)->Methods->IsLocked(Real(file), answer);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorBytes(SqliteFile* file) => Real(file)->Methods->SectorBytes(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Characteristics(SqliteFile* file) => Real(file)->Methods->Characteristics(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        var (sent, closed) = (Send(file), Real(file)->Methods->Close(Real(file)));
        NativeMemory.Free(((Log*)file)->Waiting);
        return sent != Ok ? sent : closed;
    }

    // The file as SQLite would have opened it by itself lies behind what is ours.
    private static SqliteFile* Real(SqliteFile* file) => (SqliteFile*)((Log*)file + 1);

    private static SqliteFileMethods* MethodsOfLog()
    {
        var made = (SqliteFileMethods*)NativeMemory.Alloc((nuint)sizeof(SqliteFileMethods));
        *made = new SqliteFileMethods
        {
            Version = 1,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            Size = &Size,
            Lock = &Lock,
            Unlock = &Unlock,
            IsLocked = &IsLocked,
            Control = &Control,
            SectorBytes = &SectorBytes,
            Characteristics = &Characteristics,
        };
        return made;
    }

    /// <summary>A <see cref="SqliteFile"/>: of <see cref="Count"/> bytes that stand <see cref="At"/> a place the system does not know yet. Of a journal none wait.</summary>
    private struct Log
    {
        public SqliteFileMethods* Methods;
        public byte* Waiting;
        public long At;
        public int Count;
        public bool IsLast;
    }
}
