using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// A piece of a WHERE, for filters the caller chooses. The text is written in the code and {0}, {1} … stand for values,
/// so what a caller sends is only ever a parameter. A value that is itself a condition is written in its place.
/// </summary>
public sealed class Condition
{
    private readonly Func<Dictionary<string, object?>, (string SqlServer, string Sqlite)> write;

    private Condition(Func<Dictionary<string, object?>, (string, string)> write) => this.write = write;

    public static Condition Of([ConstantExpected] string text, params object?[] values) => Written(text, text, values);

    /// <summary>Where the engines must be told in different words.</summary>
    public static Condition OfEach([ConstantExpected] string sqlServer, [ConstantExpected] string sqlite, params object?[] values) =>
        Written(sqlServer, sqlite, values);

    /// <summary>The column is one of these values; of no values, never. At most 1,000: SQL Server takes 2,100 parameters.</summary>
    public static Condition In([ConstantExpected] string column, IEnumerable<object?> values) => Among(column, values);

    /// <summary>For the list engine, as <see cref="Written"/>.</summary>
    internal static Condition Among(string column, IEnumerable<object?> among) => new(values =>
    {
        var names = new List<string>();
        foreach (var value in among)
        {
            names.Add(string.Create(CultureInfo.InvariantCulture, $"@p{values.Count}"));
            values.Add(names[^1], value);
        }
        var text = names.Count == 0 ? "1 = 0" : $"{column} IN ({string.Join(", ", names)})";
        return (text, text);
    });

    public static Condition All(IEnumerable<Condition> parts) => Join([.. parts], " AND ", empty: "1 = 1");
    public static Condition Any(IEnumerable<Condition> parts) => Join([.. parts], " OR ", empty: "1 = 0");

    public Condition Not() => new(values =>
    {
        var (sqlServer, sqlite) = Write(values);
        return ($"NOT ({sqlServer})", $"NOT ({sqlite})");
    });

    /// <summary>
    /// The same, asked of rows that are found otherwise: SQLite looks up no index for a column with a plus before it. Without
    /// statistics, and the product keeps none, it would take any index for better than the order that a list is read in.
    /// </summary>
    internal Condition OfRowsFoundOtherwise(string column) => new(values =>
    {
        var (sqlServer, sqlite) = Write(values);
        return (sqlServer, sqlite.Replace(column, $"+{column}", StringComparison.Ordinal));
    });

    internal (string SqlServer, string Sqlite) Write(Dictionary<string, object?> values) => write(values);

    /// <summary>For the list engine, whose columns are texts written in the code but picked at run time.</summary>
    internal static Condition Written(string sqlServer, string sqlite, params object?[] arguments) => new(values =>
    {
        var (forSqlServer, forSqlite) = (sqlServer, sqlite);
        for (var i = 0; i < arguments.Length; i++)
        {
            var slot = string.Create(CultureInfo.InvariantCulture, $"{{{i}}}");
            if (arguments[i] is Condition inner)
            {
                var written = inner.Write(values);
                forSqlServer = forSqlServer.Replace(slot, written.SqlServer, StringComparison.Ordinal);
                forSqlite = forSqlite.Replace(slot, written.Sqlite, StringComparison.Ordinal);
                continue;
            }
            var name = string.Create(CultureInfo.InvariantCulture, $"@p{values.Count}");
            values.Add(name, arguments[i]);
            forSqlServer = forSqlServer.Replace(slot, name, StringComparison.Ordinal);
            forSqlite = forSqlite.Replace(slot, name, StringComparison.Ordinal);
        }
        return (forSqlServer, forSqlite);
    });

    private static Condition Join(Condition[] parts, string by, string empty) => new(values =>
    {
        if (parts.Length == 0) return (empty, empty);
        var written = Array.ConvertAll(parts, part => part.Write(values));
        return ($"({string.Join(by, written.Select(w => w.SqlServer))})", $"({string.Join(by, written.Select(w => w.Sqlite))})");
    });
}
