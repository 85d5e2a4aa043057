using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// A statement that changes rows, prepared once and run straight through SQLite's own calls. The usual way makes a command, an object
/// for each value and a reader for each run, and looks every parameter up by its name: more work than most of our writes themselves.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const string Tenant = "TenantId";

    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly nint handle;
    private readonly string text;
    private readonly string[] names;
    private readonly int tenantPlace;
    private readonly bool isOne;
    private (Type? Of, Action<nint, object>? With) binding;

    /// <exception cref="SqliteException">It cannot be read.</exception>
    public SqliteStatement(SqliteConnection owner, string text)
    {
        (connection, this.text) = (owner.Handle!, text);
        Check(raw.sqlite3_prepare_v3(connection, text, raw.SQLITE_PREPARE_PERSISTENT, out statement, out var rest));
        handle = statement.DangerousGetHandle();
        isOne = string.IsNullOrWhiteSpace(rest);
        names = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).Select(place => raw.sqlite3_bind_parameter_name(statement, place).utf8_to_string().TrimStart('@'))];
        tenantPlace = Array.IndexOf(names, Tenant) + 1;
    }

    /// <param name="tenantId">What <c>@TenantId</c> is, whatever the arguments say.</param>
    /// <param name="args">An object with a member for each other parameter.</param>
    /// <param name="changed">How many rows changed.</param>
    /// <returns>False, and nothing is done, where only the driver knows how: several statements in one text, or values of a kind that is not bound here.</returns>
    public bool TryRun(int tenantId, object? args, out int changed)
    {
        changed = 0;
        if (!isOne || !TryBind(args)) return false;
        if (tenantPlace > 0) Check(SqliteCalls.BindInt64(handle, tenantPlace, tenantId));
        changed = Run();
        return true;
    }

    /// <summary>With what is bound.</summary>
    /// <returns>How many rows changed.</returns>
    public int Run()
    {
        int outcome;
        do outcome = SqliteCalls.Step(handle);
        while (outcome == raw.SQLITE_ROW);
        _ = SqliteCalls.Reset(handle); // says again what the step said
        Check(outcome);
        return raw.sqlite3_changes(connection);
    }

    public void Dispose() => statement.Dispose();

    private bool TryBind(object? args)
    {
        if (args is null) return names.Length == (tenantPlace > 0 ? 1 : 0);
        if (binding.Of != args.GetType()) binding = (args.GetType(), SqliteBinding.For(text, names, Tenant, args.GetType()));
        binding.With?.Invoke(handle, args);
        return binding.With is not null;
    }

    private void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE) return;
        throw new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), code & 0xff, raw.sqlite3_extended_errcode(connection));
    }
}
