using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// One prepared statement that takes row after row. Straight through SQLite's own calls, for the driver looks each parameter up by
/// its name each time, which costs more than the insert.
/// </summary>
internal sealed class SqliteManyRows : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;

    public SqliteManyRows(SqliteConnection owner, string text, IEnumerable<string> parameters)
    {
        connection = owner.Handle!;
        Check(raw.sqlite3_prepare_v2(connection, text, out statement));
        places = [.. parameters.Select(name => raw.sqlite3_bind_parameter_index(statement, $"@{name}"))];
    }

    public void Insert(int tenantId, IEnumerable<object> rows, Func<object, object?>[] readers)
    {
        Check(raw.sqlite3_bind_int64(statement, places[0], tenantId));
        foreach (var row in rows)
        {
            for (var i = 0; i < readers.Length; i++) Check(Bind(places[i + 1], readers[i](row)));
            var outcome = raw.sqlite3_step(statement);
            raw.sqlite3_reset(statement);
            if (outcome != raw.SQLITE_DONE) Check(outcome);
        }
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int place, object? value)
    {
        switch (value)
        {
            case null: return raw.sqlite3_bind_null(statement, place);
            case string text: return raw.sqlite3_bind_text(statement, place, text);
            case byte[] bytes: return raw.sqlite3_bind_blob(statement, place, bytes);
            case int number: return raw.sqlite3_bind_int64(statement, place, number);
            case long number: return raw.sqlite3_bind_int64(statement, place, number);
            case bool flag: return raw.sqlite3_bind_int64(statement, place, flag ? 1 : 0);
            case double number: return raw.sqlite3_bind_double(statement, place, number);
            case DateTime time:
                Span<byte> written = stackalloc byte[27];
                TextTime(time, written, out var length);
                return raw.sqlite3_bind_text(statement, place, written[..length]);
            case DateOnly day: return raw.sqlite3_bind_text(statement, place, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            default: throw new NotSupportedException($"A {value.GetType()} has no form in SQLite here.");
        }
    }

    // As the driver writes times: no zeros at the end, and no point where there is no fraction.
    private static void TextTime(DateTime time, Span<byte> written, out int length)
    {
        time.TryFormat(written, out length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }

    private void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE) return;
        throw new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), code & 0xff, raw.sqlite3_extended_errcode(connection));
    }
}
