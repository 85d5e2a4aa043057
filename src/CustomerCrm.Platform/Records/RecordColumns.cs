using System.Collections.Concurrent;
using System.Data;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Records;

/// <summary>The columns of tables, as the database itself says them; asked once.</summary>
internal sealed class RecordColumns(SystemDb db)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Column>> known = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<Column>> OfAsync(string table, CancellationToken ct) =>
        known.TryGetValue(table, out var columns) ? columns : known.GetOrAdd(table, await db.QueryAsync<Column>(OfTable, new { Table = table }, ct));

    internal sealed record Column
    {
        public required string Name { get; init; }

        /// <summary><c>BINARY(16)</c> on one engine, <c>binary</c> on the other.</summary>
        public required string Type { get; init; }

        /// <summary>SQL Server must know it even of a null: a null that passes for text does not fit into bytes.</summary>
        public DbType DbType => Type.Split('(')[0].ToUpperInvariant() switch
        {
            "BINARY" or "VARBINARY" => DbType.Binary,
            "DATETIME2" => DbType.DateTime2,
            "DATE" => DbType.Date,
            "BIGINT" => DbType.Int64,
            "INT" => DbType.Int32,
            "BIT" => DbType.Boolean,
            "FLOAT" => DbType.Double,
            _ => DbType.String,
        };
    }

    private static readonly SystemSql OfTable = SystemSql.Of(
        sqlServer: "SELECT COLUMN_NAME AS Name, DATA_TYPE AS Type FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = @Table ORDER BY ORDINAL_POSITION",
        sqlite: "SELECT name AS Name, type AS Type FROM pragma_table_info(@Table) ORDER BY cid");
}
