using System.Diagnostics.CodeAnalysis;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// One statement, named by the field that holds it. Nearly every statement is a single text in the SQL that
/// SQL Server and SQLite share; one that cannot be is two texts under one name.
/// </summary>
public abstract class Sql
{
    private protected Sql(string sqlServer, string sqlite) => (SqlServer, Sqlite) = (sqlServer, sqlite);

    internal string SqlServer { get; }
    internal string Sqlite { get; }

    /// <summary>The values that conditions brought with them, by parameter name.</summary>
    internal IReadOnlyDictionary<string, object?> Values { get; private protected init; } = NoValues;

    private protected static readonly IReadOnlyDictionary<string, object?> NoValues = new Dictionary<string, object?>();
}

/// <summary>A statement about one tenant's rows. It must say <c>@TenantId</c>, which <see cref="TenantDb"/> fills in.</summary>
public sealed class TenantSql : Sql
{
    private TenantSql(string sqlServer, string sqlite) : base(sqlServer, sqlite)
    {
        if (!sqlServer.Contains("@TenantId", StringComparison.Ordinal) || !sqlite.Contains("@TenantId", StringComparison.Ordinal))
            throw new ArgumentException($"A tenant's statement must filter by @TenantId: {sqlServer}");
    }

    // [ConstantExpected] makes CA1857 refuse text built at run time: no value is ever pasted into SQL.
    public static TenantSql Of([ConstantExpected] string text) => new(text, text);
    public static TenantSql Of([ConstantExpected] string sqlServer, [ConstantExpected] string sqlite) => new(sqlServer, sqlite);

    /// <summary>
    /// How many rows there are, for whoever adds one and must not add too many. SQL Server holds what it counted, so that two at once
    /// cannot both be the last; SQLite has one writer.
    /// </summary>
    public static TenantSql CountHeld([ConstantExpected] string table, [ConstantExpected] string where = "1 = 1") =>
        new($"SELECT COUNT(*) FROM {table} WITH (UPDLOCK, HOLDLOCK) WHERE TenantId = @TenantId AND {where}", $"SELECT COUNT(*) FROM {table} WHERE TenantId = @TenantId AND {where}");

    /// <summary>For rows that are moved whole, whose tables are written in the code and whose columns are the schema's.</summary>
    internal static TenantSql OfSchema(string text) => new(text, text);

    /// <summary>Narrows a statement that ends in its WHERE.</summary>
    public TenantSql And(Condition condition)
    {
        var values = new Dictionary<string, object?>(Values);
        var (sqlServer, sqlite) = condition.Write(values);
        return new TenantSql($"{SqlServer}\n  AND {sqlServer}", $"{Sqlite}\n  AND {sqlite}") { Values = values };
    }

    /// <summary>Puts something constant behind the statement: an ORDER BY, a GROUP BY.</summary>
    public TenantSql Then([ConstantExpected] string text) => Append(text);

    /// <summary>For the list engine, which picks its order from texts written in the code.</summary>
    internal TenantSql Append(string text) => Append(text, text);

    internal TenantSql Append(string sqlServer, string sqlite) => new($"{SqlServer}\n{sqlServer}", $"{Sqlite}\n{sqlite}") { Values = Values };
}

/// <summary>A statement that may see every tenant. Internal to the platform; search for this name to find them all.</summary>
internal sealed class SystemSql : Sql
{
    private SystemSql(string sqlServer, string sqlite) : base(sqlServer, sqlite) { }

    public static SystemSql Of([ConstantExpected] string text) => new(text, text);
    public static SystemSql Of([ConstantExpected] string sqlServer, [ConstantExpected] string sqlite) => new(sqlServer, sqlite);
}
