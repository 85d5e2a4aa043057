using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>One statement, prepared once and run for each row without the driver between: ten million rows take a minute so.</summary>
internal sealed class RawInsert : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private int next = 1;

    public RawInsert(SqliteConnection connection, string text)
    {
        database = connection.Handle!;
        if (raw.sqlite3_prepare_v2(database, text, out statement) != raw.SQLITE_OK) throw Failed();
    }

    public RawInsert With(ReadOnlySpan<byte> blob)
    {
        _ = raw.sqlite3_bind_blob(statement, next++, blob);
        return this;
    }

    public RawInsert With(string text) => WithText(Encoding.UTF8.GetBytes(text));

    public RawInsert WithText(ReadOnlySpan<byte> utf8)
    {
        _ = raw.sqlite3_bind_text(statement, next++, utf8);
        return this;
    }

    public RawInsert With(long number)
    {
        _ = raw.sqlite3_bind_int64(statement, next++, number);
        return this;
    }

    public void Run()
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE) throw Failed();
        _ = raw.sqlite3_reset(statement);
        next = 1;
    }

    public void Dispose() => statement.Dispose();

    private InvalidOperationException Failed() => new(string.Create(CultureInfo.InvariantCulture, $"SQLite: {raw.sqlite3_errmsg(database).utf8_to_string()}"));
}
