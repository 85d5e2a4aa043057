using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace CustomerCrm.Platform.Data.SqlServer;

/// <summary>
/// An <c>INSERT … VALUES</c> taken apart, so that many rows can go the quickest way each engine has. The rows are the same objects
/// whose members a single row's parameters would be.
/// </summary>
internal sealed partial class ManyRows
{
    private static readonly ConcurrentDictionary<TenantSql, ManyRows> known = new();
    private readonly ConcurrentDictionary<Type, Func<object, object?>[]> readers = new();

    private ManyRows(TenantSql insert)
    {
        var parts = Parts().Match(insert.Sqlite);
        if (!parts.Success) throw new ArgumentException($"Only INSERT … VALUES of parameters can take many rows: {insert.Sqlite}");
        Table = parts.Groups["table"].Value;
        Columns = Names(parts.Groups["columns"].Value);
        Parameters = [.. Names(parts.Groups["values"].Value).Select(name => name.TrimStart('@'))];
        if (Columns.Count != Parameters.Count || Columns[0] != "TenantId" || Parameters[0] != "TenantId") throw new ArgumentException($"Columns and values differ: {insert.Sqlite}");
    }

    public string Table { get; }

    /// <summary>TenantId first.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What stands for each column, without the @.</summary>
    public IReadOnlyList<string> Parameters { get; }

    public static ManyRows Of(TenantSql insert) => known.GetOrAdd(insert, static sql => new ManyRows(sql));

    /// <summary>How the value of each column but the first is read from such a row.</summary>
    public Func<object, object?>[] ReadersFor(Type row) => readers.GetOrAdd(row, type => [.. Parameters.Skip(1).Select(name => ReaderOf(type, name))]);

    private static Func<object, object?> ReaderOf(Type type, string name)
    {
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Convert(Expression.Property(Expression.Convert(row, type), name), typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(value, row).Compile();
        return one => Plain(read(one));
    }

    // As the type handlers of Dapper would.
    private static object? Plain(object? value) => value switch
    {
        null or string or byte[] or int or long or double => value,
        IIdValue id => id.ToBytes(),
        DateTimeOffset time => time.UtcDateTime,
        Enum number => Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^\s*INSERT INTO (?<table>\w+) \((?<columns>[^)]*)\)\s+VALUES \((?<values>[^)]*)\)\s*$")]
    private static partial Regex Parts();
}
