using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// A SQLite connection that keeps its statements prepared. Reading the text of a statement and planning it takes SQLite
/// longer than most of our statements take to run; Dapper makes a new command each time, so the memory is here, below it.
/// </summary>
internal sealed class PreparingConnection(SqliteConnection inner) : DbConnection
{
    private const int MostKept = 400;
    private readonly Dictionary<string, SqliteStatement> statements = new(MostKept, StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedListNode<SqliteCommand>> idle = new(MostKept, StringComparer.Ordinal);
    private readonly LinkedList<SqliteCommand> byUse = []; // the longest unused first

    // A command that nobody gives back must not be collected either: the finalizer would free its statement while another thread is in this connection,
    // and nothing locks that.
    private readonly HashSet<SqliteCommand> lent = [];

    public SqliteConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }
    public override string Database => inner.Database;
    public override string DataSource => inner.DataSource;
    public override string ServerVersion => inner.ServerVersion;
    public override ConnectionState State => inner.State;
    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);
    public override void Open() => inner.Open();
    public override void Close() => inner.Close();
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);
    protected override DbCommand CreateDbCommand() => new Command(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
            foreach (var command in byUse.Concat(lent)) command.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>A statement that changes rows, prepared the first time it is asked for.</summary>
    public SqliteStatement Statement(string text)
    {
        if (statements.TryGetValue(text, out var statement)) return statement;
        if (statements.Count == MostKept) Forget(); // there are not so many, unless somebody makes texts as he goes
        statements.Add(text, statement = new SqliteStatement(inner, text));
        return statement;
    }

    private void Forget()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        statements.Clear();
    }

    private SqliteCommand Take(string text)
    {
        var command = TakeIdle(text) ?? Make(text);
        lent.Add(command);
        return command;
    }

    private SqliteCommand? TakeIdle(string text)
    {
        if (!idle.Remove(text, out var kept)) return null;
        byUse.Remove(kept);
        return kept.Value;
    }

#pragma warning disable CA2100 // The text comes from Sql, which takes constants only.
    private SqliteCommand Make(string text) => new(text, inner);
#pragma warning restore CA2100

    private void GiveBack(SqliteCommand command)
    {
        lent.Remove(command);
        command.Parameters.Clear();
        command.Transaction = null;
        var node = new LinkedListNode<SqliteCommand>(command);
        if (!idle.TryAdd(command.CommandText, node))
        {
            command.Dispose();
            return;
        }
        byUse.AddLast(node);
        if (idle.Count <= MostKept) return;
        var oldest = byUse.First!.Value;
        byUse.RemoveFirst();
        idle.Remove(oldest.CommandText);
        oldest.Dispose();
    }

    private sealed class Command(PreparingConnection connection) : DbCommand
    {
        private SqliteCommand? taken;

        [AllowNull]
        public override string CommandText
        {
            get => taken?.CommandText ?? "";
            set
            {
                if (taken is not null) connection.GiveBack(taken);
                taken = connection.Take(value ?? "");
            }
        }

        public override int CommandTimeout { get => Taken.CommandTimeout; set => Taken.CommandTimeout = value; }
        public override CommandType CommandType { get => CommandType.Text; set { } }
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get; set; }
        protected override DbConnection? DbConnection { get => connection; set { } }
        protected override DbParameterCollection DbParameterCollection => Taken.Parameters;
        protected override DbTransaction? DbTransaction { get => taken?.Transaction; set => transaction = (SqliteTransaction?)value; }
        private SqliteTransaction? transaction;

        private SqliteCommand Taken => taken ?? throw new InvalidOperationException("The command has no text yet.");

        public override void Cancel() => taken?.Cancel();
        public override void Prepare() => Ready().Prepare();
        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();
        public override object? ExecuteScalar() => Ready().ExecuteScalar();
        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior & ~CommandBehavior.SequentialAccess);
        protected override DbParameter CreateDbParameter() => new NamedParameter();

        // Dapper may set the transaction before the text.
        private SqliteCommand Ready()
        {
            Taken.Transaction = transaction;
            return Taken;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && taken is not null) connection.GiveBack(taken);
            taken = null;
            base.Dispose(disposing);
        }
    }

    // SQLite knows a parameter as @Name. Given the bare name the driver tries each sign that could stand before it,
    // and every trial goes through all names of the statement.
    private sealed class NamedParameter : SqliteParameter
    {
        private static readonly ConcurrentDictionary<string, string> written = new(StringComparer.Ordinal);

        [AllowNull]
        public override string ParameterName
        {
            get => base.ParameterName;
            set => base.ParameterName = value is null or ['@', ..] ? value : written.GetOrAdd(value, name => "@" + name);
        }
    }
}
