using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>A table with rows of tenants.</summary>
/// <param name="Name">In the schema.</param>
/// <param name="Columns">All of them, in their order.</param>
/// <param name="Key">The names of those that tell its rows apart.</param>
internal sealed record TenantTable(string Name, IReadOnlyList<RecordColumns.Column> Columns, IReadOnlyList<string> Key);

/// <summary>Every table of tenants as the database itself says it, so that no list can forget one: each behind those it points to.</summary>
internal static class TenantTables
{
    /// <summary>The map of tenants, and what a move itself writes down.</summary>
    private static readonly string[] apart = ["TenantPlaces", "TenantHolds", "TenantMoveSteps"];

    public static async Task<IReadOnlyList<TenantTable>> OfAsync(Database database, CancellationToken ct)
    {
        var columns = (await database.System.QueryAsync<ColumnRow>(Columns, null, ct)).ToLookup(row => row.TableName);
        var tables = columns.Where(table => !apart.Contains(table.Key) && table.Any(column => column.Name == "TenantId"))
            .Select(table => new TenantTable(table.Key, [.. table.Select(c => new RecordColumns.Column { Name = c.Name, Type = c.Type })], [.. table.Where(c => c.IsKey > 0).Select(c => c.Name)]));
        var targets = (await database.System.QueryAsync<ReferenceRow>(References, null, ct)).ToLookup(row => row.TableName, row => row.Target);
        return Ordered(tables, table => targets[table]);
    }

    /// <summary>Pure. Each behind those it points to; a table may point to itself.</summary>
    /// <exception cref="InvalidOperationException">Tables point to each other in a circle.</exception>
    internal static IReadOnlyList<TenantTable> Ordered(IEnumerable<TenantTable> tables, Func<string, IEnumerable<string>> targetsOf)
    {
        var (left, ordered) = (tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList(), new List<TenantTable>());
        while (left.Count > 0)
        {
            var free = left.Where(table => !targetsOf(table.Name).Any(target => target != table.Name && left.Any(other => other.Name == target))).ToArray();
            if (free.Length == 0) throw new InvalidOperationException($"Tables point to each other in a circle: {string.Join(", ", left.Select(table => table.Name))}.");
            ordered.AddRange(free);
            left.RemoveAll(free.Contains);
        }
        return ordered;
    }

    private sealed record ColumnRow
    {
        public required string TableName { get; init; }
        public required string Name { get; init; }
        public required string Type { get; init; }
        public required int IsKey { get; init; }
    }

    private sealed record ReferenceRow
    {
        public required string TableName { get; init; }
        public required string Target { get; init; }
    }

    private static readonly SystemSql Columns = SystemSql.Of(
        sqlServer: """
            SELECT c.TABLE_NAME AS TableName, c.COLUMN_NAME AS Name, c.DATA_TYPE AS Type,
                   (SELECT COUNT(*)
                    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS t
                    JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE k ON k.CONSTRAINT_NAME = t.CONSTRAINT_NAME AND k.TABLE_NAME = t.TABLE_NAME
                    WHERE t.CONSTRAINT_TYPE = 'PRIMARY KEY' AND t.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME) AS IsKey
            FROM INFORMATION_SCHEMA.COLUMNS c
            ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION
            """,
        sqlite: """
            SELECT m.name AS TableName, c.name AS Name, c.type AS Type, c.pk AS IsKey
            FROM sqlite_master m
            JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table'
            ORDER BY m.name, c.cid
            """);

    private static readonly SystemSql References = SystemSql.Of(
        sqlServer: "SELECT DISTINCT OBJECT_NAME(f.parent_object_id) AS TableName, OBJECT_NAME(f.referenced_object_id) AS Target FROM sys.foreign_keys f",
        sqlite: """
            SELECT DISTINCT m.name AS TableName, f."table" AS Target
            FROM sqlite_master m
            JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table'
            """);
}
